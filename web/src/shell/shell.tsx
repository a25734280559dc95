import { AppShell, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import { useLive } from '../live/use-live.ts';
import { ActDialog } from '../acts/act-dialog.tsx';
import { openAct } from '../acts/open-act.ts';
import { usePlace } from '../router/history.ts';
import { Link } from '../router/link.tsx';
import type { Place } from '../router/places.ts';
import { ConnectionState } from './connection-state.tsx';
import { Lost } from './lost.tsx';
import { Navigation } from './navigation.tsx';
import { Search } from './search.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { View } from './view.tsx';

/** What stands around every view: where one is, how the line to the controller is, and how to get elsewhere. */
export function Shell() {
  const place = usePlace();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  useEffect(() => {
    if (place.view === 'unknown') return;
    close();
    openAct(null);
  }, [place, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <AppShell.Header bg="var(--panel)">
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger
            opened={isOpen}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={isOpen ? 'Close the navigation' : 'Open the navigation'}
          />
          <Link to={{ view: 'clusters' }} fw={650} fz={17} c="var(--ink)" underline="never" visibleFrom="xs">
            Baton
          </Link>
          <Search />
          <Group gap="xs" ml="auto" wrap="nowrap">
            <ConnectionState />
            <ThemeSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar bg="var(--panel)" p="xs" component={ScrollArea}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Pretended place={place} />
        <Lost />
        <View place={place} />
        <ActDialog />
      </AppShell.Main>
    </AppShell>
  );
}

const StageBar = lazy(() => import('../workbench/stage-bar.tsx'));

/** In a pretended world, a hand on its time; the workbench has one of its own. */
function Pretended({ place }: { place: Place }) {
  const isPretended = useLive((state) => state.session?.isPretended === true);
  if (!isPretended || place.view === 'workbench') return null;
  return (
    <Suspense fallback={null}>
      <StageBar />
    </Suspense>
  );
}
