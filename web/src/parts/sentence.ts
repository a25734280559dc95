/** The API says things without a capital and a stop, to stand within other sentences; this is one by itself. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const stopped = /[.!?…:]$/.test(trimmed) ? trimmed : `${trimmed}.`;
  // What begins with a name is left as it is.
  return /^[a-z]+ /.test(stopped) ? `${stopped.charAt(0).toUpperCase()}${stopped.slice(1)}` : stopped;
}
