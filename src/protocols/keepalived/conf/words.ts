/** Words of an ordinary line: blanks separate, double quotes make one word of many. Null where a quote has no end. */
export function wordsOf(text: string): readonly string[] | null {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
    } else if (text.charAt(at) === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0) return null;
      words.push(text.slice(at + 1, end));
      at = end + 1;
    } else {
      const [word = ''] = /^[^\s"]+/.exec(text.slice(at)) ?? [];
      words.push(word);
      at += word.length;
    }
  }
  return words;
}
