import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { builtTwin } from '../../process/built.ts';
import { startServer } from '../../process/start-server.ts';

/** One line of a controller's JSON log. */
export interface LogLine {
  readonly at: number;
  readonly sentence: string;
  readonly state: string;
  readonly warns: boolean;
}

/** A controller in a process of its own, as a person would start it, and its log as it grows. */
export class ControllerProcess {
  readonly pid: number;
  readonly logFile: string;
  #read = 0;

  private constructor(pid: number, logFile: string) {
    this.pid = pid;
    this.logFile = logFile;
  }

  static async start(configFile: string, logFile: string): Promise<ControllerProcess> {
    const command = fileURLToPath(builtTwin(new URL('../../bin.ts', import.meta.url).href));
    const pid = await startServer(process.execPath, [command, 'run', '--json', '--config', configFile], {
      logFile,
    });
    return new ControllerProcess(pid, logFile);
  }

  /** The lines since the last time. */
  async news(): Promise<LogLine[]> {
    const text = (await readFile(this.logFile, 'utf8')).slice(this.#read);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    this.#read += whole.length;
    return whole.split('\n').flatMap((line) => (line.startsWith('{') ? [lineOf(line)] : []));
  }

  isAlive(): boolean {
    try {
      process.kill(this.pid, 0);
      return true;
    } catch {
      return false;
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isAlive()) process.kill(this.pid, signal);
  }
}

function lineOf(line: string): LogLine {
  const { time, msg, state, level } = JSON.parse(line) as Record<string, string>;
  return { at: Date.parse(time ?? ''), sentence: msg ?? '', state: state ?? '', warns: level === 'warn' };
}
