import type { Route } from '../route.ts';

/** A route that is told of a cluster by a hint or by one of its instances: two paths, one answer. */
export function twice(verb: string, rest: string, route: Omit<Route, 'path'>): readonly Route[] {
  return [
    { ...route, path: `${verb}/:host/:port${rest}` },
    { ...route, path: `${verb}/:clusterHint${rest}` },
  ];
}
