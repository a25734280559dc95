/**
 * The primary of three servers falls silent: what is wrong, who would be promoted, why nobody else, and from whom the
 * successor fetches what it has not received. No server is needed. Run it with `npm run example:who-would-lead`.
 */
import {
  analyse,
  analysisSettings,
  defaultConfig,
  promotionRulesOf,
  successionOf,
  whyNotReplicate,
} from 'baton/analysis';
import { type Instance, withObservation } from 'baton/topology';
import { lookedAt, threeServers } from './three-servers.ts';

const now = lookedAt + 1_000;
const instances = threeServers.map(afterItsDeath);
for (const { code, instance, evidence } of analyse(
  { takenAt: now, instances },
  analysisSettings(defaultConfig),
))
  console.log(`${instance}: ${code}; ${evidence}`);

const [primary, second, third] = instances;
if (primary === undefined || second === undefined || third === undefined) throw new Error('there are three');
const rules = promotionRulesOf(defaultConfig);
const succession = successionOf(primary, instances, { now, rules });
console.log(`${succession.successor ?? 'nobody'} would be promoted: ${succession.because}`);
const against = whyNotReplicate(second, third, rules.replication);
console.log(`${second.key} can${against.length === 0 ? '' : 'not'} follow ${third.key}`);

/** The primary answers nobody any more, and its replicas have lost it. */
function afterItsDeath(one: Instance): Instance {
  const look = { key: one.key, at: now, tookMs: 1 };
  if (one.server === null || one.server.replication === null)
    return withObservation(one, {
      ...look,
      outcome: 'failed',
      echo: 'refused',
      error: `${one.key} refuses connections`,
      server: null,
    });
  const replication = {
    ...one.server.replication,
    ioThread: 'connecting',
    lagSeconds: null,
    lastIoError: "error connecting to master 'repl@db1:3306' - retry-time: 5",
  } as const;
  return withObservation(one, {
    ...look,
    outcome: 'read',
    echo: 'answered',
    error: null,
    server: { ...one.server, replication },
  });
}
