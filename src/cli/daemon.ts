import { request } from 'node:http';
import { configPaths, loadConfig, readTextFile } from '../config/load.ts';
import { socketPath } from '../controller/socket-path.ts';
import { BatonError, type ErrorCode, errorTable } from '../kernel/errors.ts';

const answerWithinMs = 10_000;

/** A running controller, asked over the socket beside its state file. */
export interface Daemon {
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<unknown>;
}

/** The controller of this configuration. Throws `daemon-unreachable` at the first question when there is none. */
export async function daemonOf(configFile: string | undefined, withinMs = answerWithinMs): Promise<Daemon> {
  const socket = await socketOf(configFile);
  return {
    get: (path) => ask({ socket, withinMs }, 'GET', path, null),
    post: (path, body) => ask({ socket, withinMs }, 'POST', path, JSON.stringify(body)),
  };
}

async function ask(at: Place, method: string, path: string, body: string | null): Promise<unknown> {
  const { status, text } = await exchanged(at, method, path, body);
  const answer: unknown = JSON.parse(text);
  if (status < 400) return answer;
  const { code, detail } = answer as { code: string; detail: string };
  const known = Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'daemon-unreachable';
  throw new BatonError(known, detail);
}

/** Where the controller of this configuration answers. */
export async function socketOf(configFile: string | undefined): Promise<string> {
  const paths = configPaths(configFile);
  const { config } = await loadConfig({ paths, environment: process.env, readText: readTextFile });
  return socketPath(config.StateFile);
}

interface Place {
  readonly socket: string;
  /** How long an answer may take. */
  readonly withinMs: number;
}

function exchanged(
  { socket: socketPath, withinMs }: Place,
  method: string,
  path: string,
  body: string | null,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers =
      body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const asking = request({ socketPath, method, path, headers, timeout: withinMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 500, text }));
    });
    const unreachable = (cause: unknown) =>
      reject(new BatonError('daemon-unreachable', `no controller answers on ${socketPath}`, { cause }));
    asking.on('error', unreachable);
    asking.on('timeout', () => asking.destroy(new Error('the controller did not answer in time')));
    asking.end(body ?? undefined);
  });
}
