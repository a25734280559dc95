import { readList } from './list.ts';
import { type Pipeline, pipelineIn, takeReader } from './place.ts';
import {
  charAt,
  inSubscript,
  isPlaceAt,
  matchAt,
  NotFollowed,
  type Scan,
  takePlace,
  takeUse,
} from './scan.ts';
import { readDouble, readSingle, unknown } from './word.ts';

/** What surrounds an expansion, which decides whether its result may be split into words. */
type Surface = 'bare' | 'double' | 'here-document';

/** `$name`, `${…}`, `$(…)`, `$((…))`, or a dollar that means itself. */
export function readDollar(scan: Scan, surface: Surface, pipeline: Pipeline): string {
  scan.at += 1;
  const next = charAt(scan);
  if (isPlaceAt(scan)) takePlace(scan, 'after-dollar', pipeline);
  else if (next === '{') readParameter(scan, surface, pipeline);
  else if (next === '(') readSubstitution(scan, pipeline);
  else if (next === '\\' || next === '[' || (next === "'" && surface === 'bare'))
    throw new NotFollowed(`$${next} is read differently by shells`);
  else {
    const name = matchAt(scan, /[A-Za-z_]\w*|[@*#?$!0-9-]/y);
    if (/[\w@*]/.test(name)) takeUse(scan, name, pipeline);
    scan.at += name.length;
  }
  return unknown;
}

/** Bash and dash both take a command between backticks as it stands as long as no backslash is in it. */
export function readBackticks(scan: Scan, pipeline: Pipeline): string {
  refuseOddNesting(scan);
  const close = scan.text.indexOf('`', scan.at + 1);
  if (close < 0 || close >= scan.end) throw new NotFollowed('a backtick is not closed', 'broken');
  if (scan.text.slice(scan.at, close).includes('\\')) {
    throw new NotFollowed('there is a backslash between backticks');
  }
  const outerEnd = scan.end;
  scan.at += 1;
  scan.end = close;
  scan.inBackticks = true;
  readList(scan, [], pipeline);
  refuseOpenDocument(scan);
  scan.inBackticks = false;
  scan.end = outerEnd;
  scan.at = close + 1;
  return unknown;
}

function readSubstitution(scan: Scan, pipeline: Pipeline): void {
  if (charAt(scan, 1) === '(') {
    scan.at += 2;
    readArithmetic(scan, pipeline);
    return;
  }
  refuseOddNesting(scan);
  scan.at += 1;
  readList(scan, [')'], pipeline);
  refuseOpenDocument(scan);
}

/** To the closing `))`. Only what every shell takes for arithmetic is followed: no quotes, no commands. */
export function readArithmetic(scan: Scan, pipeline: Pipeline): void {
  const evaluated = pipelineIn(null);
  takeReader(evaluated, { who: 'arithmetic', accepts: 'integer' });
  for (let depth = 2; depth > 0; ) {
    const char = charAt(scan);
    const name = matchAt(scan, /[A-Za-z_]\w*/y);
    if (isPlaceAt(scan)) takePlace(scan, 'arithmetic', pipeline);
    else if (name !== '') {
      takeUse(scan, name, evaluated);
      scan.at += name.length;
    } else if (char === '(' || char === ')') {
      depth += char === '(' ? 1 : -1;
      if (depth === 1 && charAt(scan, 1) !== ')') throw new NotFollowed('$(( is not closed by ))');
      scan.at += 1;
    } else if (/[\w \t+*/%<>=!&|^~?:,$-]/.test(char) && matchAt(scan, /<<|\$[^\w]/y) === '') scan.at += 1;
    else throw new NotFollowed('an arithmetic expression has more in it than numbers, names and operators');
  }
}

/** After `$`: the braces, the name and what is done with it. */
function readParameter(scan: Scan, surface: Surface, pipeline: Pipeline): void {
  scan.at += 1;
  const name = matchAt(scan, /[#!]?(?:[A-Za-z_]\w*|\d+|[@*?$-])|#|!/y);
  if (/[\w@*]/.test(name)) takeUse(scan, name.replace(/^[#!]/, ''), pipeline);
  scan.at += name.length;
  if (isPlaceAt(scan)) takePlace(scan, 'arithmetic', pipeline);
  else if (name === '') throw new NotFollowed('${ is not followed by a name');
  if (charAt(scan) === '[') readSubscript(scan, pipeline);
  const operator = matchAt(scan, /:?[-=+?]|:|[#%/^,@]/y);
  scan.at += operator.length;
  const isDefault = /[-=+?]$/.test(operator);
  const quotable = isDefault && surface === 'bare';
  const inside = surface === 'bare' ? 'bare' : 'double';
  const context = isDefault ? inside : operator === ':' ? 'arithmetic' : 'parameter';
  while (charAt(scan) !== '}') {
    const char = charAt(scan);
    if (isPlaceAt(scan)) takePlace(scan, context, pipeline);
    else if (quotable && char === '"') readDouble(scan, pipeline);
    else if (quotable && char === "'") readSingle(scan, 'single', pipeline);
    else if (char === '$') readDollar(scan, surface, pipeline);
    else if (char === '' || /[\\`'"<>\n]/.test(char)) {
      throw new NotFollowed('an expansion in ${…} has quotes, a backslash or a line break in it');
    } else scan.at += 1;
  }
  scan.at += 1;
}

function readSubscript(scan: Scan, pipeline: Pipeline): void {
  scan.at += 1;
  while (charAt(scan) !== ']') {
    if (isPlaceAt(scan)) takePlace(scan, 'arithmetic', pipeline);
    else if (/[\w@*+-]/.test(charAt(scan))) scan.at += 1;
    else throw new NotFollowed('an array’s subscript has more in it than a number or a name');
  }
  scan.at += 1;
}

function refuseOddNesting(scan: Scan): void {
  if (scan.waiting.length > 0) throw new NotFollowed('a command stands between << and its here-document');
  if (inSubscript(scan)) throw new NotFollowed('a command’s output would be an array’s subscript');
}

function refuseOpenDocument(scan: Scan): void {
  if (scan.waiting.length > 0) throw new NotFollowed('a here-document begins in $(…) and has no body there');
}
