/**
 * What was seen of three servers becomes a topology: who hangs below whom, who lags, who is behind. No server is
 * needed. Run it with `npm run example:draw-a-topology`.
 */
import { compareCoordinates, replicasAmong, topologyText } from 'baton/topology';
import { lookedAt, threeServers } from './three-servers.ts';

console.log(
  topologyText(threeServers, {
    now: lookedAt + 1_000,
    instancePollSeconds: 5,
    reasonableMaintenanceReplicationLagSeconds: 20,
  }),
);
const replicas = replicasAmong(threeServers, 'db1:3306').map(({ key }) => key);
console.log(`db1:3306 has the replicas ${replicas.join(' and ')}`);
// By number, where a comparison of text would have it the other way round.
const later = compareCoordinates({ file: 'bin.1000000', position: 4 }, { file: 'bin.999999', position: 4 });
console.log(`bin.1000000 comes ${later > 0 ? 'after' : 'before'} bin.999999`);
