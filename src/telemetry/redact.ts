/** How deep a field is followed; what lies deeper is a snapshot, and no matter for a log line. */
const depthLimit = 6;

/**
 * Gives a copy of a value in which no string holds a secret: not as it is, not as a shell script or
 * JSON within the string would spell it, not as a URL would. Errors become their messages.
 */
export function redactor(secrets: readonly string[]): (value: unknown) => unknown {
  const spelled = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  const hide = (text: string) => spelled.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text);

  const redact = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return hide(value);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Error) return hide(value.message);
    if (depth === depthLimit) return '…';
    if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
    if (Array.isArray(value)) return value.map((one) => redact(one, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [hide(name), redact(one, depth + 1)]),
    );
  };
  return (value) => redact(value, 0);
}

function spellings(secret: string): string[] {
  if (secret === '') return [];
  const inShell = secret.replaceAll("'", `'\\''`);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inShell, inJson, encodeURIComponent(secret)];
}
