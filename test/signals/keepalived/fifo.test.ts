import { execFile, execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseFifoLine } from '../../../src/protocols/keepalived/watch/fifo-line.ts';
import { type FifoReader, type Heard, readFifo } from '../../../src/signals/keepalived/fifo.ts';
import { notifyStub } from '../../../src/signals/keepalived/notify-stub.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-fifo-'));
const readers: FifoReader[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function fifo(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

/** As keepalived holds it: open for both, never waiting. */
function writer(path: string) {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  return { write: (text: string) => writeSync(fd, text), close: () => closeSync(fd) };
}

async function reading(path: string): Promise<Heard[]> {
  const heard: Heard[] = [];
  readers.push(await readFifo(path, (one) => heard.push(one)));
  return heard;
}

const names = (heard: readonly Heard[]) =>
  heard.map((one) => (one.type === 'told' ? one.told.name : one.type));

describe('a reader of the FIFO', () => {
  it('that comes late hears what was written before it', async () => {
    const path = fifo('late');
    const keepalived = writer(path);
    keepalived.write('INSTANCE "VI 1" BACKUP 100\nINSTANCE "VI 1" MASTER 100\n');
    const heard = await reading(path);
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard[1]).toEqual({
      type: 'told',
      told: { kind: 'INSTANCE', name: 'VI 1', state: 'MASTER', priority: 100 },
    });
    keepalived.close();
  });

  it('goes on when keepalived is gone and comes back to the same FIFO', async () => {
    const path = fifo('same');
    const heard = await reading(path);
    for (const name of ['a', 'b']) {
      const keepalived = writer(path);
      keepalived.write(`INSTANCE "${name}" BACKUP 1\n`);
      keepalived.close();
      await vi.waitFor(() => expect(names(heard)).toContain(name));
    }
  });

  it('opens it again when it was made anew, and says so', async () => {
    const path = fifo('anew');
    const heard = await reading(path);
    unlinkSync(path);
    execFileSync('mkfifo', [path]);
    const keepalived = writer(path);
    keepalived.write('INSTANCE "a" BACKUP 1\n');
    await vi.waitFor(() => expect(names(heard)).toEqual(expect.arrayContaining(['reopened', 'a'])), 5_000);
    keepalived.close();
  });

  it('is refused where another one reads', async () => {
    const path = fifo('two');
    await reading(path);
    await expect(reading(path)).rejects.toThrow(/another reader has it/);
  });

  it('is refused a regular file, a link, and what is not there', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    await expect(reading(file)).rejects.toThrow(/it is no FIFO/);
    const path = fifo('target');
    symlinkSync(path, join(folder, 'link'));
    await expect(reading(join(folder, 'link'))).rejects.toThrow(/cannot be opened/);
    await expect(reading(join(folder, 'nothing'))).rejects.toThrow(/cannot be opened/);
  });

  it('hears 100,000 lines one after the other, and is not moved by one that does not end', async () => {
    const path = fifo('flood');
    const heard = await reading(path);
    const count = 100_000;
    const flood = `seq ${count} | sed 's/.*/INSTANCE "v&" BACKUP 1/'; head -c 300000 /dev/zero | tr '\\0' x`;
    execFile('sh', ['-c', `{ ${flood}; printf '\\nGROUP "end" FAULT 0\\n'; } > "$0"`, path]);
    await vi.waitFor(() => expect(names(heard).at(-1)).toBe('end'), 20_000);
    expect(names(heard).slice(0, count)).toEqual(Array.from({ length: count }, (_, at) => `v${at + 1}`));
    expect(names(heard).slice(count)).toEqual(['unreadable', 'end']);
  });
});

describe('a line of the FIFO', () => {
  it.each([
    ['INSTANCE "a" "b" FAULT 7" MASTER 100', 'a" "b" FAULT 7'],
    ['INSTANCE "\'; rm -rf / #" FAULT 1', "'; rm -rf / #"],
    ['GROUP "$(reboot)" STOP 0', '$(reboot)'],
    ['INSTANCE "" MASTER 1', ''],
  ])('%s names %j, whatever that looks like', (line, name) => {
    expect(parseFifoLine(line)?.name).toBe(name);
  });

  it.each([
    '',
    'INSTANCE a MASTER 1',
    'INSTANCE "a" MASTER',
    'INSTANCE "a" LEADER 1',
    'INSTANCE "a" MASTER 1 ',
    'x',
  ])('%j is none', (line) => {
    expect(parseFifoLine(line)).toBeNull();
  });
});

describe('the program that an old keepalived calls', () => {
  it('hands its last four arguments over as they are, and does not wait where nobody reads', async () => {
    const path = fifo("it's");
    const program = join(folder, 'notify');
    writeFileSync(program, notifyStub(path), { mode: 0o755 });
    const call = (...words: readonly string[]) => execFileSync(program, words, { timeout: 5_000 });
    call('INSTANCE', 'nobody', 'MASTER', '1');
    const heard = await reading(path);
    call('configured', 'INSTANCE', 'a "$(id)" \\n %s; `b`', 'FAULT', '9');
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(names(heard)).toEqual(['a "$(id)" \\n %s; `b`']);
    expect(() => call('too', 'few')).toThrow();
  });
});
