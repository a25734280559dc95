import { type Pipeline, pipelineIn } from './place.ts';
import {
  isPlaceAt,
  matchAt,
  NotFollowed,
  type HereDocument,
  type Scan,
  skipBlanks,
  takePlace,
} from './scan.ts';
import { readDoublePart } from './word.ts';

/** Behind `<<`: the word that will end the body, which begins on the next line. */
export function readHereDocument(scan: Scan, of: { tabsIgnored: boolean; pipeline: Pipeline }): void {
  skipBlanks(scan);
  const written = matchAt(scan, /(?:'[\w.%@:+-]+'|"[\w.%@:+-]+"|\\?[\w.%@:+-]+)(?=[ \t\n;&|<>)]|$)/y);
  if (written === '') throw new NotFollowed('the word that ends a here-document is not a plain one');
  scan.at += written.length;
  const quoted = /['"\\]/.test(written);
  if (quoted && scan.inBackticks)
    throw new NotFollowed('a here-document without expansions stands between backticks');
  const pipeline = pipelineIn(of.pipeline, -0.5);
  scan.waiting.push({ ...of, pipeline, delimiter: written.replace(/['"\\]/g, ''), quoted });
}

/** At the end of a line: steps over it and over the bodies that were announced on it. */
export function readBodies(scan: Scan): void {
  scan.at += 1;
  const waiting = scan.waiting;
  scan.waiting = [];
  for (const document of waiting) readBody(scan, document);
}

function readBody(scan: Scan, document: HereDocument): void {
  const outerEnd = scan.end;
  for (;;) {
    if (scan.at >= outerEnd) throw new NotFollowed(`a here-document is not ended by ${document.delimiter}`);
    const lineEnd = endOfLine(scan.text, scan.at, outerEnd);
    const line = scan.text.slice(scan.at, lineEnd);
    if ((document.tabsIgnored ? line.replace(/^\t+/, '') : line) === document.delimiter) {
      scan.at = Math.min(lineEnd + 1, outerEnd);
      return;
    }
    scan.end = lineEnd;
    readLine(scan, document);
    scan.end = outerEnd;
    scan.line = null;
    scan.at = lineEnd + 1;
  }
}

/** What is begun on a line of a body must end there: shells differ in where else the body may end. */
function readLine(scan: Scan, document: HereDocument): void {
  const { delimiter, tabsIgnored, quoted, pipeline } = document;
  scan.line = { from: scan.at, to: scan.end, delimiter, tabsIgnored };
  if (!quoted && scan.text[scan.end - 1] === '\\') {
    throw new NotFollowed('a line of a here-document is continued on the next one');
  }
  while (scan.at < scan.end) {
    if (!quoted) readDoublePart(scan, 'here-document', pipeline);
    else if (isPlaceAt(scan)) takePlace(scan, 'quoted-here-document', pipeline);
    else scan.at += 1;
  }
}

function endOfLine(text: string, from: number, end: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 || found > end ? end : found;
}
