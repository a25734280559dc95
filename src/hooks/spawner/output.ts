import { closeSync, fstatSync, ftruncateSync, readSync } from 'node:fs';
import { signalGroup } from '../../process/process-group.ts';
import { openNameless } from './private-file.ts';
import { shortened } from './text.ts';
import { Whisper } from './whisper.ts';

/** How far a file may grow beyond what is kept of it before it is cut: a script must not fill the disk. */
const slackBytes = 4_194_304;
/** Often, for a disk takes gigabytes in a second. */
const lookEveryMs = 25;
/** How often those are looked after that a hook left behind. */
const lookAfterEveryMs = 1_000;

/** A file that a hook writes to, of which the first and the last part are kept. */
export class Output {
  /** Opened for appending, so that the hook writes on at the new end when the file is cut. */
  readonly fd: number;
  readonly #half: number;
  readonly #timer: NodeJS.Timeout;
  readonly #whisper: Whisper | null;
  #head: Buffer | null = null;
  #tail = Buffer.alloc(0);
  #cutBytes = 0;

  /** `file` is a name that it may need for a moment. `heard` is told what the hook says while it runs, up to the limit; null when nobody listens. */
  constructor(file: string, limitBytes: number, heard: ((text: string) => void) | null) {
    this.fd = openNameless(file);
    this.#half = Math.floor(limitBytes / 2);
    this.#whisper = heard === null ? null : new Whisper(this.fd, 2 * this.#half, heard);
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  /** What the hook said, at most the limit and a mark where something is missing; nothing more is kept. */
  take(): string {
    clearInterval(this.#timer);
    const size = fstatSync(this.fd).size;
    const whole = this.#head === null && size <= 2 * this.#half;
    return whole ? this.#read(0, size).toString() : this.#shortened(size);
  }

  /** Lets go of the file, once nobody of the hook's group can write into it unseen any more. */
  close(group: number | null): void {
    if (group === null || !signalGroup(group, 0)) {
      closeSync(this.fd);
      return;
    }
    const timer = setInterval(() => {
      if (fstatSync(this.fd).size > slackBytes) ftruncateSync(this.fd);
      if (signalGroup(group, 0)) return;
      clearInterval(timer);
      closeSync(this.fd);
    }, lookAfterEveryMs);
    timer.unref();
  }

  #shortened(size: number): string {
    const head = this.#head ?? this.#read(0, this.#half);
    const last = this.#last(size);
    const before = this.#tail.subarray(Math.min(this.#tail.length, last.length));
    const missingBytes = this.#cutBytes + size - head.length - before.length - last.length;
    const cut = { missingBytes, orMore: this.#cutBytes > 0 };
    if (before.length === 0) return shortened(head, last, cut);
    const text = shortened(head, before, cut);
    // What was written while the file was being cut is nowhere.
    return last.length === 0 ? text : `${text}\n… and perhaps a little here …\n${last.toString()}`;
  }

  #look(): void {
    const size = fstatSync(this.fd).size;
    if (this.#cutBytes === 0) this.#whisper?.hear(size);
    if (size >= 2 * this.#half + slackBytes) this.#cut(size);
  }

  /** Takes the file's bytes away, the last ones kept: looked at again until nothing more comes, or a few times. */
  #cut(sizeBefore: number): void {
    this.#head ??= this.#read(0, this.#half);
    let size = sizeBefore;
    for (let look = 0; look < 3; look += 1) {
      this.#tail = this.#last(size);
      const now = fstatSync(this.fd).size;
      if (now === size) break;
      size = now;
    }
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
