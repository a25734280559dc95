import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** How far a file may grow beyond what is kept of it before it is cut: a script must not fill the disk. */
const slackBytes = 4_194_304;
const lookEveryMs = 200;

/** A file that a script writes to, of which the first and the last part are kept. */
export class Output {
  /** Opened for appending, so that the script writes on at the new end when the file is cut. */
  readonly fd: number;
  readonly #half: number;
  readonly #timer: NodeJS.Timeout;
  #head: Buffer | null = null;
  #tail = Buffer.alloc(0);
  #cutBytes = 0;

  constructor(file: string, limitBytes: number) {
    this.fd = openSync(file, 'ax+', 0o600);
    this.#half = Math.floor(limitBytes / 2);
    this.#timer = setInterval(() => this.#cut(), lookEveryMs);
  }

  /** What the script said so far, at most the limit and a mark where something is missing. */
  close(): string {
    clearInterval(this.#timer);
    const size = fstatSync(this.fd).size;
    const whole = this.#head === null && size <= 2 * this.#half;
    const text = whole ? this.#read(0, size).toString() : this.#shortened(size);
    closeSync(this.fd);
    return text;
  }

  #shortened(size: number): string {
    const head = this.#head ?? this.#read(0, this.#half);
    const last = Buffer.concat([this.#tail, this.#last(size)]);
    const tail = last.subarray(Math.max(0, last.length - this.#half));
    const missing = this.#cutBytes + size - head.length - tail.length;
    return `${head.toString()}\n… ${missing} bytes are left out …\n${tail.toString()}`;
  }

  #cut(): void {
    const size = fstatSync(this.fd).size;
    if (size < 2 * this.#half + slackBytes) return;
    this.#head ??= this.#read(0, this.#half);
    this.#tail = this.#last(size);
    this.#cutBytes += size;
    ftruncateSync(this.fd);
  }

  #last(size: number): Buffer<ArrayBuffer> {
    const from = Math.max(0, size - this.#half);
    return this.#read(from, size - from);
  }

  #read(from: number, length: number): Buffer<ArrayBuffer> {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(this.fd, buffer, 0, length, from));
  }
}
