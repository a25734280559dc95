import { describe, expect, it } from 'vitest';
import { connectingMs, receivedSince, waitingAmong, witnessesAmong } from '../../src/analysis/witnesses.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { failingToConnect, primary, readAt, replica, unread } from '../topology/instances.ts';

const now = readAt + 1_000;
const gtid = (executed: string, received = executed) => ({
  server: { executedGtid: executed },
  replication: { position: 'mariadb-gtid' as const, receivedGtid: received },
});

describe('whom to ask about a silent source', () => {
  it('is the replica first that has least, by what it has received as well', () => {
    const replicas = [
      replica('b:1', 'a:1', gtid('0-1-5', '0-1-9')),
      replica('c:1', 'a:1', gtid('0-1-7')),
      replica('d:1', 'a:1', gtid('0-1-8')),
    ];
    expect(witnessesAmong(replicas, now).asked).toEqual(['c:1', 'd:1', 'b:1']);
  });

  it('is the one that has read least where replicas do not use GTID', () => {
    const at = (position: number) => ({ replication: { readCoordinates: { file: 'bin.000001', position } } });
    const replicas = [replica('b:1', 'a:1', at(900)), replica('c:1', 'a:1', at(120))];
    expect(witnessesAmong(replicas, now).asked).toEqual(['c:1', 'b:1']);
  });

  it.each([
    ['does not apply', { replication: { sqlThread: 'stopped' } }, /might lose what it has received/],
    ['lags on purpose', { replication: { sqlDelaySeconds: 3_600 } }, /may be the only copy/],
    ['has several sources', { replication: { channels: 2 } }, /more than the default channel/],
    [
      'has a source over a channel with a name',
      { replication: { channel: 'west' } },
      /more than the default/,
    ],
    ['is in downtime', { downtime: { owner: 'ann', reason: 'disk', until: now + 1 } }, /is in downtime/],
    ['is in maintenance', { inMaintenance: true }, /is in maintenance/],
  ] as const)('is never one that %s (P4)', (_, it, because) => {
    const { asked, spared } = witnessesAmong([replica('b:1', 'a:1', it)], now);
    expect(asked).toEqual([]);
    expect(spared).toEqual([{ instance: 'b:1', because: expect.stringMatching(because) }]);
  });

  it('is, after all others, one that lags on purpose where another has received all that it has', () => {
    const late = (received: string) => ({
      server: { executedGtid: '0-1-2' },
      replication: { position: 'mariadb-gtid' as const, receivedGtid: received, sqlDelaySeconds: 3_600 },
    });
    const other = replica('b:1', 'a:1', gtid('0-1-7', '0-1-9'));
    expect(witnessesAmong([replica('c:1', 'a:1', late('0-1-9')), other], now).asked).toEqual(['b:1', 'c:1']);
    expect(witnessesAmong([replica('c:1', 'a:1', late('0-1-10')), other], now).asked).toEqual(['b:1']);
    // Once the other has been asked it is not connected, and still has all that it had.
    const asked = replica('b:1', 'a:1', {
      ...gtid('0-1-9'),
      replication: { ...gtid('0-1-9').replication, ...failingToConnect },
    });
    expect(witnessesAmong([replica('c:1', 'a:1', late('0-1-9')), asked], now).asked).toEqual(['c:1']);
  });

  it('is one that lags on purpose only by how far others have read where replicas do not use GTID', () => {
    const at = (position: number, sqlDelaySeconds: number) => ({
      replication: { readCoordinates: { file: 'bin.000001', position }, sqlDelaySeconds },
    });
    const other = replica('b:1', 'a:1', at(900, 0));
    expect(witnessesAmong([replica('c:1', 'a:1', at(900, 60)), other], now).asked).toEqual(['b:1', 'c:1']);
    expect(witnessesAmong([replica('c:1', 'a:1', at(901, 60)), other], now).asked).toEqual(['b:1']);
  });

  it('is nobody who has lost its source already, or cannot be asked', () => {
    const replicas = [
      replica('b:1', 'a:1', { replication: failingToConnect }),
      replica('c:1', 'a:1', { replication: { ioThread: 'stopped' } }),
      replica('d:1', 'a:1', unread),
    ];
    expect(witnessesAmong(replicas, now)).toEqual({ asked: [], spared: [] });
  });
});

describe('who may be made to try again at once', () => {
  it('is a replica that has failed to connect and waits, never one that still tries, is connected, or may not be asked', () => {
    const replicas = [
      replica('b:1', 'a:1', { replication: failingToConnect }),
      replica('c:1', 'a:1', { replication: { ...failingToConnect, lastIoError: '' } }),
      replica('d:1', 'a:1', gtid('0-1-5')),
      replica('e:1', 'a:1', { replication: { ...failingToConnect, sqlThread: 'stopped' } }),
      replica('f:1', 'a:1', { ...unread, replication: failingToConnect }),
    ];
    expect(waitingAmong(replicas, now)).toEqual(['b:1']);
  });
});

describe('how long connecting may take', () => {
  const far = (answerMs: number | null) => ({ checks: { ...primary('x:1').checks, answerMs } });

  it('is what it must be at least, and six round trips by way of us where that is more', () => {
    const replicas = [replica('b:1', 'a:1', far(40)), replica('c:1', 'a:1', far(200))];
    expect(connectingMs(primary('a:1', far(2)), replicas, 500)).toBe(6 * 202);
    expect(connectingMs(primary('a:1', far(2)), replicas.slice(0, 1), 500)).toBe(500);
    expect(connectingMs(undefined, [replica('b:1', 'a:1', far(null))], 500)).toBe(500);
  });
});

describe('a replica that has received something since', () => {
  const at = (position: number, more = {}) =>
    replica('b:1', 'a:1', { replication: { readCoordinates: { file: 'bin.1', position }, ...more } });
  const since = (earlier: Instance, later: Instance) =>
    receivedSince(new Map([[earlier.key, earlier]]), [later]);

  it('says that its source lives', () => {
    expect(since(at(4), at(900))).toBe('b:1');
    expect(since(at(4), at(4, { receivedGtid: '0-1-7' }))).toBe('b:1');
  });

  it.each([
    ['nothing was received', at(4), at(4)],
    ['it was not connected', at(4, failingToConnect), at(900, failingToConnect)],
    ['the later reading failed', at(4), { ...at(900), ...unread }],
    ['it was not read before', replica('c:1', 'a:1'), at(900)],
  ])('is none where %s', (_, earlier, later) => {
    expect(since(earlier, later)).toBeNull();
  });
});
