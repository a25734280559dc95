import { describe, expect, it } from 'vitest';
import type { HostSignal } from '../../src/analysis/host-signal.ts';
import { toldVerdict, verdictOn } from '../../src/analysis/verdict.ts';
import { type Instance, newInstance } from '../../src/topology/snapshot.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../topology/instances.ts';

const now = readAt + 3_000;

function verdict(instance: Instance, ...replicas: readonly Instance[]) {
  return verdictOn(instance, replicas, { controller: 'baton1', now });
}

const dead = primary('a:1', unread);
const hostSignal: HostSignal = {
  from: 'pacemaker',
  node: 'a',
  says: 'up',
  at: now - 500,
  isFencing: false,
  because: 'it says so',
};
const says = { dead: replica('b:1', 'a:1', { replication: failingToConnect }), alive: replica('c:1', 'a:1') };
const stopped = replica('d:1', 'a:1', { replication: { ioThread: 'stopped' } });

describe('the verdict', () => {
  it('hears who watches the host: a loss counts, a fencing only where the server was not heard of since, all else is no word', () => {
    const word = (signal: Partial<HostSignal>) =>
      verdictOn(dead, [], { controller: 'baton1', now, signals: [{ ...hostSignal, ...signal }] });
    expect(word({ says: 'lost' })).toMatchObject({
      says: 'dead',
      votes: [{}, { observer: 'pacemaker', kind: 'host', says: 'dead', ageMs: 500 }],
    });
    expect(word({ says: 'fenced' }).says).toBe('dead');
    expect(word({ says: 'fenced', at: dead.checks.heardAt }).says).toBe('undecided');
    for (const says of ['up', 'left', 'faulty'] as const)
      expect(word({ says })).toMatchObject({ says: 'undecided', votes: [{}, { says: 'unknown' }] });
    const living = verdictOn(primary('a:1'), [], {
      controller: 'baton1',
      now,
      signals: [{ ...hostSignal, says: 'lost' }],
    });
    expect(living.says).toBe('alive');
  });

  it('lists each observer with its word, its reason and how old it is', () => {
    expect(verdict(dead, says.dead, stopped).votes).toEqual([
      {
        observer: 'baton1',
        kind: 'controller',
        says: 'dead',
        because: 'it refuses connections',
        ageMs: 2_000,
      },
      {
        observer: 'b:1',
        kind: 'replica',
        says: 'dead',
        because: `it tries to connect to a:1 and cannot: ${failingToConnect.lastIoError}`,
        ageMs: 3_000,
      },
      {
        observer: 'd:1',
        kind: 'replica',
        says: 'unknown',
        because: 'its receiving thread is stopped',
        ageMs: 3_000,
      },
    ]);
  });

  it('is dead only where a replica says so too, and nobody says that it lives', () => {
    expect(verdict(dead, says.dead).says).toBe('dead');
    expect(verdict(dead).says).toBe('undecided');
    expect(verdict(dead, stopped).says).toBe('undecided');
    expect(verdict(dead, replica('b:1', 'a:1', unread)).says).toBe('undecided');
    expect(verdict(dead, says.dead, says.alive).says).toBe('alive');
  });

  it('is alive where it answers anything', () => {
    const full = { ...unread.checks, echo: 'answered' as const, hindrance: 'full' as const };
    expect(verdict(primary('a:1', { checks: full }), says.dead).says).toBe('alive');
    expect(verdict(primary('a:1'), says.dead).says).toBe('alive');
  });

  it('does not count a controller that has not looked yet', () => {
    expect(verdict(newInstance('a:1'), says.dead)).toMatchObject({
      says: 'undecided',
      votes: [{ says: 'unknown', ageMs: null }, { says: 'dead' }],
    });
  });

  it('is told in one line', () => {
    expect(toldVerdict(verdict(dead, says.dead, says.alive))).toBe(
      '2 of 3 observers say that it is dead, 1 that it lives',
    );
  });
});
