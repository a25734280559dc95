/** A place in the page: everything that a link can lead to. */
export type Place =
  | { readonly view: 'clusters' }
  /** `instance` is the one that is looked at, as host:port. */
  | { readonly view: 'cluster'; readonly cluster: string; readonly instance: string | null }
  /** An instance wherever it stands now. */
  | { readonly view: 'instance'; readonly instance: string }
  | { readonly view: 'recoveries'; readonly cluster: string | null }
  /** `seq` is the record up to which it is looked at; null for as it stands. */
  | { readonly view: 'recovery'; readonly uid: string; readonly seq: number | null }
  | { readonly view: 'workbench'; readonly rest: readonly string[] }
  | { readonly view: 'unknown'; readonly path: string };

/** The place of a path below the page's base, with its search. orchestrator's paths lead to what they led to. */
export function placeOf(path: string, search = ''): Place {
  const [first = '', ...rest] = path
    .split('/')
    .filter((word) => word !== '')
    .map(decoded);
  const asked = new URLSearchParams(search);
  const [second = '', third = '', fourth = ''] = rest;
  switch (first) {
    case '':
    case 'clusters':
    case 'clusters-analysis':
      return { view: 'clusters' };
    case 'cluster':
      if (second === 'alias') return { view: 'cluster', cluster: third, instance: asked.get('instance') };
      if (second === 'instance') return { view: 'instance', instance: `${third}:${fourth}` };
      return { view: 'cluster', cluster: second, instance: asked.get('instance') };
    case 'instance':
      return { view: 'instance', instance: second };
    case 'recoveries':
    case 'audit-recovery':
      if (second === 'uid') return { view: 'recovery', uid: third, seq: null };
      return { view: 'recoveries', cluster: second === 'alias' ? third : asked.get('cluster') };
    case 'recovery':
      return { view: 'recovery', uid: second, seq: numberIn(asked.get('at')) };
    case 'workbench':
      return { view: 'workbench', rest };
    default:
      return { view: 'unknown', path };
  }
}

/** The path of a place, with its search: `placeOf` of it is the place again. */
export function pathOf(place: Place): string {
  switch (place.view) {
    case 'clusters':
      return '';
    case 'cluster':
      return `cluster/${encodeURIComponent(place.cluster)}${searched({ instance: place.instance })}`;
    case 'instance':
      return `instance/${encodeURIComponent(place.instance)}`;
    case 'recoveries':
      return `recoveries${searched({ cluster: place.cluster })}`;
    case 'recovery':
      return `recovery/${encodeURIComponent(place.uid)}${searched({ at: place.seq })}`;
    case 'workbench':
      return ['workbench', ...place.rest.map(encodeURIComponent)].join('/');
    case 'unknown':
      return place.path;
  }
}

function searched(words: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(words).filter(([, value]) => value !== null);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(given.map(([name, value]) => [name, String(value)]))).toString()}`;
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What cannot be decoded is taken as it is. */
function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
