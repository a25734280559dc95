import type { Paint } from '../paint.ts';
import type { Chapter } from './chapter.ts';

/** A line for each chapter that is well, and under the others what is wrong and how to mend it. */
export function examinationText(chapters: readonly Chapter[], paint: Paint): string {
  const width = Math.max(...chapters.map(({ title }) => title.length)) + 2;
  return chapters.map((one) => chapterText(one, width, paint)).join('\n');
}

function chapterText({ title, found, troubles }: Chapter, width: number, paint: Paint): string {
  const name = paint.bold(title.padEnd(width));
  if (troubles.length === 0) return `${paint.good('  ok ')}  ${name}${found}`;
  const indent = ' '.repeat(7 + width);
  const lines = troubles.flatMap(({ severity, text, fix }, index) => {
    const mark = severity === 'error' ? paint.bad('WRONG') : paint.bad('  ?  ');
    const head = index === 0 ? `${mark}  ${name}` : `${mark}  ${' '.repeat(width)}`;
    return [`${head}${text}`, ...(fix === null ? [] : [`${indent}→ ${fix}`])];
  });
  return lines.join('\n');
}
