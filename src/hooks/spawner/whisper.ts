import { readSync } from 'node:fs';

/** A few times a second is live enough for people. */
const tellEveryMs = 200;

/**
 * Tells what is written to a file while it is being written: in whole lines, so that nothing secret is
 * cut in two before it is redacted, and no more of it than a number of bytes. What a hook says last
 * comes with its outcome.
 */
export class Whisper {
  readonly #fd: number;
  readonly #limitBytes: number;
  readonly #heard: (text: string) => void;
  #told = 0;
  #toldAt = performance.now();

  constructor(fd: number, limitBytes: number, heard: (text: string) => void) {
    this.#fd = fd;
    this.#limitBytes = limitBytes;
    this.#heard = heard;
  }

  /** The file has `size` bytes now, and none of them has been taken away. */
  hear(size: number): void {
    const end = Math.min(size, this.#limitBytes);
    if (end <= this.#told || performance.now() - this.#toldAt < tellEveryMs) return;
    this.#toldAt = performance.now();
    const buffer = Buffer.alloc(end - this.#told);
    const text = buffer.subarray(0, readSync(this.#fd, buffer, 0, buffer.length, this.#told));
    const lines = text.subarray(0, text.lastIndexOf('\n') + 1);
    if (lines.length === 0) return;
    this.#told += lines.length;
    this.#heard(lines.toString());
  }
}
