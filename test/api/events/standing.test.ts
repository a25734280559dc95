import { expect, it, onTestFinished, vi } from 'vitest';
import { StandingFeed, type Stood } from '../../../src/api/events/standing.ts';
import { served } from '../served.ts';

/** What is told of a controller of a:1 and b:1, as type and data. */
async function aFeed(change: (stood: Stood) => Stood = (stood) => stood) {
  const { controller } = await served();
  const feed = new StandingFeed(() => change(controller));
  const told: string[] = [];
  let version = 0;
  const hear = () => {
    for (let part = feed.since(version); part !== null; part = feed.since(version)) {
      version = part.version;
      told.push(
        ...[...part.text.matchAll(/^event: (\S+)\ndata: (.*)$/gm)].map(([, type, data]) => `${type} ${data}`),
      );
    }
  };
  onTestFinished(feed.listen(hear));
  return { feed, told, typesOf: () => told.map((each) => each.split(' ')[0]) };
}

it('tells all of how things stand at first, and then only what is another', async () => {
  let lag = 0;
  const { told, typesOf } = await aFeed((stood) => ({
    ...stood,
    restraints: stood.restraints,
    leader: () => ({ name: 'here', since: 0, isOurs: true, address: null }),
    cutOffBecause: () => null,
    findings: async () => [],
    cluster(id) {
      const cluster = stood.cluster(id);
      return {
        ...cluster,
        instances: cluster.instances.map((each) =>
          each.instance === 'b:1' ? { ...each, lagSeconds: lag } : each,
        ),
      };
    },
  }));
  await vi.waitFor(() => expect(typesOf()).toContain('findings'), 3_000);
  expect(typesOf().toSorted()).toEqual([
    'cluster',
    'clusters',
    'findings',
    'instance',
    'instance',
    'leader',
    'restraints',
  ]);
  lag = 9;
  const before = told.length;
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(before), 3_000);
  expect(told.slice(before)).toEqual([expect.stringMatching(/^instance .*"b:1".*"lagSeconds":9/)]);
});

it('gives whoever comes later, or reads slowly, the latest of each part once', async () => {
  const { feed, told } = await aFeed();
  await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(7), 3_000);
  const all = feed.since(0);
  expect(all?.text.match(/^event: instance$/gm)).toHaveLength(2);
  expect(feed.since(all?.version ?? 0)).toBeNull();
});
