/** Quoted pieces, an escaped character, a placeholder, or characters that mean themselves. */
const piece =
  /'([^']*)'|"((?:[^"\\$`]|\\[^\n])*)"|\\([^\n{])|(\{[A-Za-z]\w*\}|[^\s'"\\$`*?[\]{}~!<>|&;()]+)/y;

/** The text of a shell word in which nothing is expanded, placeholders as they are written; null for any other. */
export function literalOf(raw: string): string | null {
  let text = '';
  for (let at = 0; at < raw.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(raw);
    if (found === null) return null;
    const [, single, double, escaped, bare] = found;
    text += single ?? double?.replace(/\\([\\$"`])/g, '$1') ?? escaped ?? bare ?? '';
  }
  return text;
}

/** A text as one shell word. */
export function quoted(text: string): string {
  return text.includes("'") ? `"${withinDouble(text)}"` : `'${text}'`;
}

/** A text as it must stand in double quotes to mean itself. */
export function withinDouble(text: string): string {
  return text.replace(/[\\$"`]/g, '\\$&');
}
