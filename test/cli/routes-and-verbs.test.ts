import { expect, it, onTestFinished } from 'vitest';
import { socketDoor } from '../../src/api/door/doors.ts';
import { registerRoutes } from '../../src/api/routes.ts';
import { createServer } from '../../src/api/server.ts';
import { leavesOf } from '../../src/cli/examples.ts';
import { served } from '../api/served.ts';
import { theProgram } from './given-program.ts';

/** By which command each question of the native API is asked. */
const verbs: Readonly<Record<string, string>> = {
  'GET /clusters': 'topology',
  'GET /findings': 'analyse',
  'GET /leader': 'leader',
  'GET /readiness': 'readiness',
  'GET /clusters/:name/readiness': 'readiness',
  'GET /clusters/:name/explain': 'explain',
  'GET /clusters/:name/succession': 'suggest',
  'POST /clusters/:name/rehearse': 'rehearse',
  'GET /instances/:name/verdict': 'testimony',
  'GET /recoveries': 'recoveries',
  'GET /recoveries/:name': 'recovery',
  'GET /recoveries/:name/verdict': 'verdict',
  'GET /recoveries/:name/report': 'recovery',
  'GET /recoveries/:name/hooks': 'hooks runs',
  'GET /recoveries/:name/hooks/output': 'hooks runs',
  'POST /recoveries/:name/acknowledge': 'recovery',
  'POST /recoveries/:name/approve': 'approve',
  'POST /cancel': 'cancel',
  'POST /acknowledge': 'acknowledge cluster',
  'POST /clusters/:name/takeover': 'takeover',
  'POST /clusters/:name/takeover/preview': 'takeover',
  'POST /clusters/:name/force-failover': 'force-failover',
  'POST /clusters/:name/force-takeover': 'force-takeover',
  'POST /clusters/:name/force/preview': 'force-failover',
  'POST /instances/:name/recover': 'recover',
  'POST /instances/:name/recover/preview': 'recover',
  'POST /instances/:name/rejoin': 'rejoin',
  'POST /instances/:name/rejoin/preview': 'rejoin',
  'GET /rejoins/:uid': 'rejoin',
  'POST /instances/:name/split': 'split',
  'POST /instances/:name/split/preview': 'split',
  'POST /operations': 'relocate',
  'POST /operations/preview': 'relocate',
  'GET /operations/:uid': 'relocate',
  'GET /restraints': 'restraints',
  'POST /restraints/disable': 'disable-recoveries',
  'POST /restraints/enable': 'enable-recoveries',
  'POST /downtime/begin': 'downtime',
  'POST /downtime/end': 'end-downtime',
  'POST /maintenance/begin': 'maintenance',
  'POST /maintenance/end': 'end-maintenance',
  'POST /publish': 'publish',
  'POST /publish/preview': 'publish',
  'POST /reload': 'reload',
  'GET /audit': 'audit',
  'GET /detections': 'detections',
  'GET /changelog': 'changelog',
  'GET /events': 'events',
  'GET /signals': 'signals',
  'GET /journal': 'journal verify',
  'GET /journal/anchors': 'journal verify',
  'GET /journal/facts': 'journal export',
  'GET /journal/runs': 'journal verify',
  'POST /instances/:name/discover': 'discover',
  'POST /instances/:name/forget': 'forget',
  'POST /instances/:name/forget/preview': 'forget',
  'POST /clusters/:name/forget': 'forget-cluster',
  'POST /clusters/:name/alias': 'alias',
  'GET /candidates': 'candidates',
  'POST /instances/:name/promotion-rule': 'candidate',
  'GET /tags': 'tags',
  'GET /instances/:name/tags': 'tags',
  'POST /instances/:name/tags': 'tag',
  'POST /instances/:name/tags/remove': 'untag',
  'POST /tags/remove': 'untag-all',
  'GET /pools': 'pools',
  'POST /pools/:name': 'pool',
  'GET /clusters/:name/pool-lag': 'pools',
};

/** What only a page or a program that is written against the API asks. */
const forOthers = /^\w+ \/(session|stage|openapi\.json|web|machines|recoveries\/:name\/incident)(\/|$)/;

async function nativeRoutes(): Promise<readonly string[]> {
  const server = createServer(socketDoor(), null);
  const found: string[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD' && url.startsWith('/baton/v1/'))
        found.push(`${one} ${url.slice('/baton/v1'.length)}`);
  });
  registerRoutes(server, await served());
  onTestFinished(() => server.close());
  await server.ready();
  return found.filter((route) => !forOthers.test(route));
}

it('everything of the native API can be asked by a command', async () => {
  const routes = await nativeRoutes();
  expect(routes.length).toBeGreaterThan(50);
  expect(routes.filter((route) => !(route in verbs))).toEqual([]);
  expect(Object.keys(verbs).filter((route) => !routes.includes(route))).toEqual([]);
});

it('each of those commands is there', () => {
  const there = leavesOf(theProgram()).map(([path]) => path);
  expect(Object.values(verbs).filter((verb) => !there.includes(verb))).toEqual([]);
});

it('whatever shows something shows it to scripts as well', () => {
  const silent = leavesOf(theProgram()).filter(
    ([path, command]) =>
      Object.entries(verbs).some(([route, verb]) => verb === path && route.startsWith('GET')) &&
      !command.options.some(({ long }) => long === '--json'),
  );
  expect(silent.map(([path]) => path).filter((path) => path !== 'journal export')).toEqual([]);
});
