import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/topology/observation.ts';
import { newInstance, withObservation } from '../../src/topology/snapshot.ts';
import { primary } from './instances.ts';

const look = (at: number, echo: Observation['echo']): Observation => ({
  key: 'a:1',
  at,
  tookMs: 1,
  outcome: 'failed',
  echo,
  error: `look ${at}`,
  server: null,
});

it('an instance knows since when nothing of its own has come back, and forgets it at any answer', () => {
  const since = (...looks: readonly Observation[]) =>
    looks.reduce(withObservation, newInstance('a:1')).checks.unheardSince;
  expect(since()).toBeNull();
  expect(since(look(10, 'silent'), look(20, 'refused'))).toBe(9);
  expect(since(look(10, 'silent'), look(20, 'answered'))).toBeNull();
  expect(since(look(10, 'silent'), look(20, 'answered'), look(30, 'reset'), look(40, 'silent'))).toBe(29);
});

it('an instance fell silent only where a connection that had served got no answer any more', () => {
  const overKept = (at: number, echo: Observation['echo']) => ({ ...look(at, echo), overKept: true });
  const fell = (...looks: readonly Observation[]) =>
    looks.reduce(withObservation, newInstance('a:1')).checks.fellSilent;
  expect(fell(overKept(10, 'silent'), look(20, 'silent'))).toBe(true);
  expect(fell(look(10, 'reset'), look(20, 'silent'))).toBe(false);
  expect(fell(overKept(10, 'reset'), look(20, 'silent'))).toBe(false);
  expect(fell(overKept(10, 'silent'), look(20, 'answered'), look(30, 'silent'))).toBe(false);
});

it('an instance is in the group that it says it is in, and stays there while it cannot be read', () => {
  const group = { name: 'g', state: 'ONLINE', role: 'PRIMARY', members: [] };
  const { server } = primary('a:1', { server: { group } });
  const read: Observation = { ...look(10, 'answered'), outcome: 'read', error: null, server };
  const known = withObservation(newInstance('a:1'), read);
  expect(known.group).toEqual(group);
  expect(withObservation(known, look(20, 'silent')).group).toEqual(group);
});

describe('a primary that waits for more semi-sync replicas than it has', () => {
  const waiting = { primaryEnabled: true, primaryStatus: true, waitForReplicas: 1, clients: 0 };
  const reading = (at: number, position: number, semiSync: Partial<typeof waiting> = {}): Observation => {
    const { server } = primary('a:1');
    if (server === null) throw new Error('a primary in good health was read');
    return {
      ...look(at, 'answered'),
      outcome: 'read',
      error: null,
      server: {
        ...server,
        binlogCoordinates: { file: 'bin.000001', position },
        semiSync: { ...server.semiSync, ...waiting, ...semiSync },
      },
    };
  };
  const standsSince = (...looks: readonly Observation[]) =>
    looks.reduce(withObservation, newInstance('a:1')).staleCoordinates?.since ?? null;

  it('stands still since the first reading that found its log where it is, looks that fail left out', () => {
    expect(standsSince(reading(10, 4), reading(20, 4), look(25, 'silent'), reading(30, 4))).toBe(10);
  });

  it('begins anew when it has written something', () => {
    expect(standsSince(reading(10, 4), reading(20, 900))).toBe(20);
  });

  it('does not stand still once it has its replicas, or waits for none', () => {
    expect(standsSince(reading(10, 4), reading(20, 4, { clients: 1 }))).toBeNull();
    expect(standsSince(reading(10, 4), reading(20, 4, { primaryStatus: false }))).toBeNull();
    expect(standsSince(reading(10, 4), reading(20, 4, { primaryEnabled: false }))).toBeNull();
  });
});
