/** The line without its comment: `#` or `!` anywhere outside double quotes, unless a backslash stands before it. */
export function withoutComment(line: string): string {
  let quoted = false;
  let kept = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    const isMark = char === '#' || char === '!';
    if (isMark && !quoted && kept.endsWith('\\')) {
      kept = kept.slice(0, -1) + char;
      continue;
    }
    if (isMark && !quoted) break;
    if (char === '"' && !kept.endsWith('\\')) quoted = !quoted;
    kept += char;
  }
  return kept.trim();
}
