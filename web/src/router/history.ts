import { useSyncExternalStore } from 'react';
import { pageUrl, withinPage } from './base.ts';
import { pathOf, type Place, placeOf } from './places.ts';

const changed = 'baton:place';
let known: { readonly href: string; readonly place: Place } | null = null;

/** Where the page is now. */
export function usePlace(): Place {
  return useSyncExternalStore(subscribe, placeNow);
}

/** Goes to a place. `replaces` the one it stands at in the history of the browser: for what changes by the moment, as a slider. */
export function go(place: Place, how: { replaces?: boolean } = {}): void {
  const url = hrefOf(place);
  if (how.replaces === true) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  window.dispatchEvent(new Event(changed));
}

export function hrefOf(place: Place): string {
  return pageUrl(pathOf(place));
}

/** The same place is the same object, as React wants it of a store. */
function placeNow(): Place {
  const { href, pathname, search } = window.location;
  if (known?.href !== href) known = { href, place: placeOf(withinPage(pathname), search) };
  return known.place;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(changed, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(changed, listener);
  };
}
