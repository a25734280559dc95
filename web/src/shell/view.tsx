import { lazy, Suspense, useEffect } from 'react';
import { useLive } from '../live/use-live.ts';
import { Busy } from '../parts/busy.tsx';
import type { Place } from '../router/places.ts';
import { Clusters } from '../topology/clusters.tsx';
import { Foyer } from './foyer.tsx';
import { Unknown } from './unknown.tsx';

/** What draws much is fetched when it is first looked at. */
const fetchCluster = () => import('../topology/cluster.tsx');
const Cluster = lazy(fetchCluster);
const Recoveries = lazy(() => import('../recovery/recoveries.tsx'));
const Recovery = lazy(() => import('../recovery/recovery.tsx'));
const Workbench = lazy(() => import('../workbench/workbench.tsx'));

/** The view of a place; where nothing is known yet, why. */
export function View({ place }: { place: Place }) {
  const knows = useLive((state) => state.clusters !== null);
  const isOfCluster = place.view === 'cluster' || place.view === 'instance';
  // While the controller is still asked, so that what is to be drawn finds what draws it.
  useEffect(() => {
    if (isOfCluster) void fetchCluster();
  }, [isOfCluster]);
  if (!knows) return <Foyer />;
  return <Suspense fallback={<Busy says="Fetching the view" />}>{viewOf(place)}</Suspense>;
}

function viewOf(place: Place) {
  switch (place.view) {
    case 'clusters':
      return <Clusters />;
    case 'cluster':
      return <Cluster cluster={place.cluster} instance={place.instance} />;
    case 'instance':
      return <Cluster cluster={null} instance={place.instance} />;
    case 'recoveries':
      return <Recoveries cluster={place.cluster} />;
    case 'recovery':
      return <Recovery key={place.uid} uid={place.uid} seq={place.seq} />;
    case 'workbench':
      return <Workbench rest={place.rest} />;
    case 'unknown':
      return <Unknown what={`There is nothing at ${place.path}`} />;
  }
}
