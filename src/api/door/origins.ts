import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * Why a change is not taken from this browser: it was sent there by another page than ours. Null where nothing speaks
 * against it, as for whatever is no browser. Both headers are the browser's own and cannot be set by a page.
 */
export function foreignOrigin(headers: IncomingHttpHeaders): string | null {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return `a browser sent it from another page (Sec-Fetch-Site: ${quoted(site)})`;
  if (origin === undefined || hostOf(origin) === host.toLowerCase()) return null;
  return `a browser sent it from a page of ${quoted(origin)}`;
}

/**
 * Why an API that asks nobody who they are does not answer under this name: a page can give the address of this machine
 * to a name of its own, and the browser then takes the API for a part of the page. Null for addresses and known names.
 */
export function foreignHost({ host = '' }: IncomingHttpHeaders, known: readonly string[]): string | null {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const address = name.replace(/^\[(.*)\]$/, '$1');
  if (name === '' || name === 'localhost' || isIP(address) !== 0 || known.includes(name)) return null;
  return `it was asked for under the name ${quoted(name)}, which is not this machine’s`;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/** What strangers send is shown short. */
function quoted(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 100));
}
