const printable = /[^\x20-\x24\x26-\x7e]/g;

/**
 * What a script learns from its variables, for who gets a request: `BATON_HOOK_ATTEMPT` goes as
 * `Baton-Hook-Attempt`, and `TRACEPARENT` under the name that W3C Trace Context gives it.
 */
export function headersOfVariables(variables: Readonly<Record<string, string>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (name === 'TRACEPARENT') headers['traceparent'] = asHeaderValue(value);
    else if (name.startsWith('BATON_')) headers[asHeaderName(name)] = asHeaderValue(value);
  }
  return headers;
}

function asHeaderName(variable: string): string {
  return variable
    .split('_')
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join('-');
}

/** A header holds printable ASCII; the percent sign and any other byte are spelled as in a URL. */
function asHeaderValue(value: string): string {
  const bytes = Buffer.from(value).toString('latin1');
  return bytes.replace(
    printable,
    (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`,
  );
}
