import { expect, it } from 'vitest';
import { fleetAsDrawn, fleetOf } from '../../../src/simulation/stage/fleets.ts';

const words = ({ commands }: { commands: readonly string[] }) => commands[0]?.split(' ').slice(1) ?? [];

it.each([
  [1, 1],
  [5, 1],
  [60, 3],
  [1_000, 1],
  [1_000, 40],
])('makes %i servers in %i clusters, each source before its replicas', (count, clusters) => {
  const all = words(fleetOf(count, clusters));
  expect(all).toHaveLength(count);
  const known = new Set<string>();
  for (const word of all) {
    const [name = '', source] = word.split('<');
    expect(known.has(name)).toBe(false);
    if (source !== undefined) expect(known.has(source)).toBe(true);
    known.add(name);
  }
  expect(all.filter((word) => !word.includes('<'))).toHaveLength(clusters);
});

it('takes a fleet as it was drawn, whatever its order', () => {
  const drawn = [
    {
      instances: [
        { instance: 'c:3306', source: 'b:3306', version: '8.4.6' },
        { instance: 'b:3306', source: 'a:3306', version: '8.4.6' },
        { instance: 'a:3306', source: null, version: '8.4.6' },
        { instance: 'd:3306', source: 'elsewhere:3306', version: '8.4.6' },
      ],
    },
  ];
  expect(fleetAsDrawn(drawn).commands[0]).toBe('fleet mysql a:3306 b:3306<a:3306 c:3306<b:3306 d:3306');
});

it('takes primaries that replicate from each other for what they are', () => {
  const drawn = [
    {
      instances: [
        { instance: 'a:1', source: 'b:1', version: '10.11-MariaDB' },
        { instance: 'b:1', source: 'a:1', version: '10.11-MariaDB' },
      ],
    },
  ];
  expect(fleetAsDrawn(drawn).commands.slice(0, 2)).toEqual(['fleet b:1 a:1<b:1', 'co-primary b:1 a:1']);
});
