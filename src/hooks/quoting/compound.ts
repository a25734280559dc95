import { readList } from './list.ts';
import type { Pipeline } from './place.ts';
import { charAt, matchAt, NotFollowed, readComment, type Scan, skipBlanks } from './scan.ts';
import { readWord, refuseWhileWaiting, type Word } from './word.ts';

/** Behind `case`, to its `esac`. */
export function readCase(scan: Scan, pipeline: Pipeline): void {
  skipBlanks(scan);
  readWord(scan, pipeline, false);
  skipLines(scan, pipeline);
  if (readWord(scan, pipeline, false).raw !== 'in') throw new NotFollowed('case has no in');
  for (;;) {
    skipLines(scan, pipeline);
    if (charAt(scan) === '(') scan.at += 1;
    skipBlanks(scan);
    if (readWord(scan, pipeline, false).raw === 'esac') return;
    readAlternatives(scan, pipeline);
    if (readList(scan, [';;', 'esac'], pipeline) === 'esac') return;
  }
}

/** Behind the first pattern: the others, and the parenthesis. */
function readAlternatives(scan: Scan, pipeline: Pipeline): void {
  skipBlanks(scan);
  while (charAt(scan) === '|') {
    scan.at += 1;
    skipBlanks(scan);
    readWord(scan, pipeline, false);
    skipBlanks(scan);
  }
  if (charAt(scan) !== ')') throw new NotFollowed('a pattern of case has no )');
  scan.at += 1;
}

/** Behind `[[`, to its `]]`: the words between, for bash evaluates some of them. */
export function readTest(scan: Scan, pipeline: Pipeline): readonly Word[] {
  const words: Word[] = [];
  for (;;) {
    skipBlanks(scan);
    const char = charAt(scan);
    if (/^[\n;#]?$/.test(char) || matchAt(scan, /<<|[<>]\(/y) !== '') {
      throw new NotFollowed('a test in [[ ]] has more in it than words and operators on one line');
    }
    if (/[&|<>()]/.test(char)) scan.at += 1;
    else {
      const word = readWord(scan, pipeline, false);
      if (word.raw === ']]' && words.length === 0) throw new NotFollowed('a test in [[ ]] is empty');
      if (word.raw === ']]') return words;
      words.push(word);
    }
  }
}

function skipLines(scan: Scan, pipeline: Pipeline): void {
  for (;;) {
    skipBlanks(scan);
    if (charAt(scan) === '#') readComment(scan, pipeline);
    else if (charAt(scan) === '\n') {
      refuseWhileWaiting(scan);
      scan.at += 1;
    } else return;
  }
}
