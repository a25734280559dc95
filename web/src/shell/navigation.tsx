import { Button, NavLink, Stack, Text } from '@mantine/core';
import { endSession } from '../api/session.ts';
import { useLive } from '../live/use-live.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { usePlace } from '../router/history.ts';
import { linkTo } from '../router/link.tsx';
import type { Place } from '../router/places.ts';

interface Entry {
  readonly label: string;
  readonly icon: IconName;
  readonly to: Place;
  /** The views that are under it. */
  readonly views: readonly Place['view'][];
}

const entries: readonly Entry[] = [
  {
    label: 'Clusters',
    icon: 'clusters',
    to: { view: 'clusters' },
    views: ['clusters', 'cluster', 'instance'],
  },
  {
    label: 'Recoveries',
    icon: 'recoveries',
    to: { view: 'recoveries', cluster: null },
    views: ['recoveries', 'recovery'],
  },
];
const workbench: Entry = {
  label: 'Workbench',
  icon: 'workbench',
  to: { view: 'workbench', rest: [] },
  views: ['workbench'],
};

export function Navigation() {
  const { view } = usePlace();
  const session = useLive((state) => state.session);
  const leader = useLive((state) => state.leader);
  const all = session?.isPretended === true ? [...entries, workbench] : entries;
  return (
    <Stack justify="space-between" mih="calc(100vh - 80px)">
      <nav aria-label="Views">
        {all.map(({ label, icon, to, views }) => (
          <NavLink
            key={label}
            label={label}
            leftSection={<Icon name={icon} />}
            active={views.includes(view)}
            aria-current={views.includes(view) ? 'page' : undefined}
            {...linkTo(to)}
          />
        ))}
      </nav>
      <Text component="div" size="xs" c="dimmed" px="xs" className="wrap-anywhere">
        {session === null ? null : (
          <>
            {session.name ?? 'Nobody is asked to sign in'}
            {session.isReadOnly ? ', read-only' : `: ${session.role}`}
            <br />
          </>
        )}
        {leaderText(leader)}
        {session?.canSignOut === true ? <SignOut /> : null}
      </Text>
    </Stack>
  );
}

function leaderText(leader: { name: string | null; isOurs: boolean } | null): string {
  if (leader === null) return '';
  if (leader.isOurs) return 'This controller leads.';
  return leader.name === null
    ? 'No controller leads.'
    : `${leader.name} leads; this one follows and changes nothing.`;
}

function SignOut() {
  const leave = async () => {
    await endSession();
    window.location.reload();
  };
  return (
    <Button variant="subtle" size="compact-xs" mt={4} ml={-8} display="block" onClick={() => void leave()}>
      Sign out
    </Button>
  );
}
