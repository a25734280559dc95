import type { Told } from '../router/calls.ts';
import type { ToldState } from '../role/plan.ts';

const states = new Set<string>([
  'MASTER',
  'BACKUP',
  'FAULT',
  'STOP',
  'DELETED',
  'MASTER_RX_LOWER_PRI',
  'MASTER_PRIORITY',
  'BACKUP_PRIORITY',
] satisfies ToldState[]);

/** What a line of keepalived's FIFO tells; null where it is none. The name is not escaped there, and may hold quotes and blanks. */
export function parseFifoLine(line: string): Told | null {
  const [, kind, name = '', state = '', priority = ''] =
    /^(INSTANCE|GROUP) "(.*)" ([A-Z_]+) (\d{1,3})$/s.exec(line) ?? [];
  if ((kind !== 'INSTANCE' && kind !== 'GROUP') || !isState(state)) return null;
  return { kind, name, state, priority: Number(priority) };
}

function isState(word: string): word is ToldState {
  return states.has(word);
}

/** Parts what comes into lines. What is longer than any line may be is dropped to its end, and counted as one. */
export class LineSplitter {
  readonly #mostCharacters: number;
  #rest = '';
  #dropping = false;
  /** Lines that were too long, so far. */
  dropped = 0;

  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  /** The lines that are whole now. */
  write(text: string): readonly string[] {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    const [first] = parts;
    if (this.#dropping && first !== undefined) {
      parts.shift();
      this.#dropping = false;
    }
    const lines = parts.filter((line) => line.length <= this.#mostCharacters);
    this.dropped += parts.length - lines.length;
    if (this.#dropping) this.#rest = '';
    else if (this.#rest.length > this.#mostCharacters) {
      this.#rest = '';
      this.#dropping = true;
      this.dropped += 1;
    }
    return lines;
  }
}
