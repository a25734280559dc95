/** No more of what another system says is repeated in a sentence. */
const mostShown = 300;

/** What comes from another system is data: it goes on no other line, and says nothing to a terminal. */
export function shown(sentence: string): string {
  const plain = sentence.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
  return plain.length <= mostShown ? plain : `${plain.slice(0, mostShown)}…`;
}
