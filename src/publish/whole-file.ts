import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** Whoever reads it finds what was there before, or all of `text`; whoever watches it hears of one change. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const born = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const opened = await open(born, 'wx', 0o644);
    try {
      await opened.writeFile(text);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await rename(born, file);
  } catch (error) {
    await rm(born, { force: true });
    throw error;
  }
}
