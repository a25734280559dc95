/** Where the page is served, `/web/` behind the URLPrefix, as the controller wrote it into the page. */
const base = new URL(document.baseURI);

/** A path of the page below its base, `cluster/shop`, from a whole one. */
export function withinPage(pathname: string): string {
  return pathname.startsWith(base.pathname) ? pathname.slice(base.pathname.length) : '';
}

export function pageUrl(path: string): string {
  return `${base.pathname}${path}`;
}

/** An address of the native API; `path` begins with `/`. */
export function apiUrl(path: string): string {
  return new URL(`../baton/v1${path}`, base).href;
}
