import { expect, it } from 'vitest';
import { Server } from '../../src/topology/observation.ts';
import { replica } from './instances.ts';

/** What was added to a server since it was first kept. */
const newer = new Set(['binlogGtid', 'group', 'lacks', 'otherChannels']);

it('what an older build kept of a server is still read', () => {
  const { server } = replica('b:1', 'a:1');
  const older: unknown = JSON.parse(
    JSON.stringify(server, (name, value: unknown) => (newer.has(name) ? undefined : value)),
  );
  expect(Server.parse(older)).toEqual(server);
});
