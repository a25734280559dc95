import { describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { warnings } from '../../src/analysis/warnings.ts';
import type { Replication, Server } from '../../src/topology/observation.ts';
import type { Instance } from '../../src/topology/snapshot.ts';
import { primary, readAt, replica, unread } from '../topology/instances.ts';
import { defaultSettings } from './settings.ts';

const semiSync = {
  primaryEnabled: true,
  primaryStatus: false,
  waitForReplicas: 1,
  clients: 0,
  timeoutMs: 0,
  replicaEnabled: false,
  replicaStatus: false,
  waitPoint: null,
  waitsForAbsent: null,
  waiting: null,
};
const errant = '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-2';

function warned(...instances: Instance[]): readonly string[] {
  return analyse({ takenAt: readAt, instances }, defaultSettings).flatMap((finding) => finding.warnings);
}

/** A primary with two replicas that replicate, one set up like this and one like that. */
function pair(
  one: Partial<Server>,
  other: Partial<Server>,
  replication: Partial<Replication> = {},
): string[] {
  return [
    ...warned(
      primary('a:1'),
      replica('b:1', 'a:1', { server: one, replication }),
      replica('c:1', 'a:1', { server: other, replication }),
    ),
  ];
}

describe('a structure warning', () => {
  it('is given where no replica of several logs what it replicates', () => {
    const warning = ['NoLoggingReplicasStructureWarning'];
    expect(pair({ logBin: false }, { logReplicaUpdates: false })).toEqual(warning);
    expect(pair({ logBin: false }, {})).toEqual([]);
    expect(warned(primary('a:1'), replica('b:1', 'a:1', { server: { logBin: false } }))).toEqual([]);
  });

  it('is given where several replicas have no position in common', () => {
    const warning = ['NoFailoverSupportStructureWarning'];
    expect(pair({}, {}, { position: 'coordinates' })).toEqual(warning);
    expect(pair({}, {}, { position: 'mysql-gtid' })).toEqual([]);
    const byCoordinates = { replication: { position: 'coordinates' as const } };
    const [one, other] = [replica('b:1', 'a:1', byCoordinates), replica('c:1', 'a:1', byCoordinates)];
    const relays = { isBinlogServer: true };
    expect(warned(primary('a:1'), one, replica('c:1', 'a:1'))).toEqual(warning);
    expect(warned(primary('a:1'), one)).toEqual([]);
    expect(warned(primary('a:1', { usesPseudoGtid: true }), one, other)).toEqual([]);
    expect(warned(primary('a:1'), { ...one, ...relays }, { ...other, ...relays })).toEqual([]);
  });

  it('judges the position in common by those replicas that can be reached', () => {
    const lost = replica('c:1', 'a:1', { ...unread, replication: { position: 'coordinates' } });
    expect(warned(primary('a:1'), replica('b:1', 'a:1'), lost)).toEqual([]);
  });

  it('takes no position for common to replicas of which none can be reached', () => {
    const lost = [replica('b:1', 'a:1', unread), replica('c:1', 'a:1', unread)];
    expect(warned(primary('a:1'), ...lost)).toEqual(['NoFailoverSupportStructureWarning']);
  });

  it.each([
    ['STATEMENT', 'MIXED', 'StatementAndMixedLoggingReplicasStructureWarning'],
    ['ROW', 'STATEMENT', 'StatementAndRowLoggingReplicasStructureWarning'],
    ['mixed', 'row', 'MixedAndRowLoggingReplicasStructureWarning'],
  ])('is given where logging replicas use %s and %s', (one, other, warning) => {
    expect(pair({ binlogFormat: one }, { binlogFormat: other })).toEqual([warning]);
    expect(pair({ binlogFormat: one }, { binlogFormat: other, logBin: false })).toEqual([]);
  });

  it('is given where logging replicas are of several major versions', () => {
    const warning = ['MultipleMajorVersionsLoggingReplicasStructureWarning'];
    expect(pair({ version: '10.11.2' }, { version: '11.11.2' })).toEqual(warning);
    expect(pair({ version: '10.11.2' }, { version: '10.12.2' })).toEqual(warning);
    expect(pair({ version: '10.11.2' }, { version: '10.11.9' })).toEqual([]);
  });

  it('is given where gtid_mode differs, above intermediate sources too', () => {
    const warning = ['DifferentGTIDModesStructureWarning'];
    const middle = replica('b:1', 'a:1');
    expect(pair({ gtidMode: 'ON' }, {})).toEqual(warning);
    expect(
      warned(primary('a:1'), middle, replica('c:1', 'b:1', { server: { gtidMode: 'ON' }, depth: 2 })),
    ).toEqual(warning);
  });

  it('is given where a replica has errant transactions, unless it is in downtime', () => {
    const downtime = { owner: 'ann', reason: 'repair', until: readAt + 1 };
    const strange = replica('b:1', 'a:1', { gtidErrant: errant });
    expect(warned(primary('a:1'), strange)).toEqual(['ErrantGTIDStructureWarning']);
    expect(warned(primary('a:1'), { ...strange, downtime })).toEqual([]);
  });

  it('is given where the primary is read-only', () => {
    const warning = ['NoWriteableMasterStructureWarning'];
    expect(warned(primary('a:1', { server: { readOnly: true } }), replica('b:1', 'a:1'))).toEqual(warning);
  });

  it('is given where semi-sync has fallen back for want of replicas', () => {
    const warning = ['NotEnoughValidSemiSyncReplicasStructureWarning'];
    const waiting = (change: object) =>
      warned(primary('a:1', { server: { semiSync: { ...semiSync, ...change } } }), replica('b:1', 'a:1'));
    expect(waiting({})).toEqual(warning);
    expect(waiting({ clients: 1 })).toEqual([]);
    expect(waiting({ waitForReplicas: 0 })).toEqual([]);
    expect(waiting({ primaryEnabled: false })).toEqual([]);
    expect(waiting({ primaryStatus: true })).toEqual([]);
  });

  it('is about primaries, but for gtid_mode and errant transactions', () => {
    const below = (key: 'b:1' | 'c:1' | 'd:1', server: Partial<Server>) =>
      replica(key, 'a:1', { server, replication: { position: 'coordinates' }, gtidErrant: errant, depth: 2 });
    const middle = replica('a:1', 'z:1', { server: { semiSync, gtidMode: 'ON' } });
    const about = ['DifferentGTIDModesStructureWarning', 'ErrantGTIDStructureWarning'];
    expect(
      warned(
        middle,
        below('b:1', { binlogFormat: 'STATEMENT' }),
        below('c:1', { binlogFormat: 'MIXED', version: '11.4.2' }),
        below('d:1', { binlogFormat: 'ROW' }),
      ),
    ).toEqual(about);
    expect(warned(middle, below('b:1', { logBin: false }), below('c:1', { logBin: false }))).toEqual(about);
  });

  it('stands beside the others in a fixed order', () => {
    const bad = { gtidMode: 'ON', binlogFormat: 'MIXED', version: '11.4.2' };
    const given = warned(
      primary('a:1', { server: { semiSync, readOnly: true } }),
      replica('b:1', 'a:1', { server: bad, replication: { position: 'coordinates' }, gtidErrant: errant }),
      replica('c:1', 'a:1'),
      replica('d:1', 'a:1', { server: { binlogFormat: 'STATEMENT' } }),
    );
    const [, ...allButTheFirst] = warnings.map(({ code }) => code);
    expect(given).toEqual(allButTheFirst);
  });
});
