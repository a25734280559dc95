/** Parts of patterns that read as C's sscanf does in the C locale, where JavaScript's own \s and \S take in more. */

/** What isspace() says yes to. */
export const cSpace = '[ \\t\\n\\v\\f\\r]';
/** One character of a `%s`. */
export const cWord = '[^ \\t\\n\\v\\f\\r]';
/** A `%d`. */
export const cInt = `${cSpace}*([+-]?\\d+)`;
