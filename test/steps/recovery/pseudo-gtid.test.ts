import { expect, it } from 'vitest';
import type { InstanceKey } from '../../../src/kernel/instance-key.ts';
import { placeByMarks } from '../../../src/steps/recovery/pseudo-gtid.ts';
import { type LogEvent, markBy } from '../../../src/topology/pseudo-gtid.ts';

/** Binary logs as servers show them: for each its files in order, for each file what its events say. */
type Logs = Readonly<Record<InstanceKey, Readonly<Record<string, readonly string[]>>>>;

function placeIn(logs: Logs, chunk: number) {
  const eventsOf = (instance: InstanceKey, file: string): LogEvent[] =>
    (logs[instance]?.[file] ?? []).map((info, index) => {
      const position = index * 100 + 4;
      return { file, position, end: position + 100, type: 'Query', info };
    });
  const servers = {
    logFiles: async (instance: InstanceKey) => Object.keys(logs[instance] ?? {}),
    logEvents: async (
      instance: InstanceKey,
      { from, limit }: { from: { file: string; position: number }; limit: number },
    ) =>
      eventsOf(instance, from.file)
        .filter(({ position }) => position >= from.position)
        .slice(0, limit),
  };
  const reading = { servers, signal: new AbortController().signal };
  const pseudoGtid = { markOf: markBy('mark'), chunk };
  return placeByMarks({ ...reading, pseudoGtid }, { replica: 'b:1', source: 'c:1' });
}

it.each([1, 2, 3, 100])(
  'both logs are searched from their last file back, %d events at a time',
  async (chunk) => {
    const logs: Logs = {
      'b:1': { 'own.1': ['mark 1', 'x', 'mark 2', 'y'], 'own.2': ['z'] },
      'c:1': { 'bin.7': ['mark 1', 'x'], 'bin.8': ['mark 2', 'y'], 'bin.9': ['z', 'more', 'mark 3'] },
    };
    expect(await placeIn(logs, chunk)).toEqual({ at: { file: 'bin.9', position: 104 } });
  },
);

it('a replica without a mark, or with one that the other has not, goes on nowhere', async () => {
  expect(await placeIn({ 'b:1': { 'own.1': ['x'] }, 'c:1': { 'bin.7': ['x'] } }, 9)).toEqual({
    because: 'its binary log has no pseudo-GTID',
  });
  expect(await placeIn({ 'b:1': { 'own.1': ['mark 5'] }, 'c:1': { 'bin.7': ['mark 4'] } }, 9)).toEqual({
    because: 'its last pseudo-GTID is not in the binary log of c:1',
  });
});
