/**
 * Which transactions would make trouble if this replica were promoted, or were pointed at another: those that
 * it has and its source has not. Pure arithmetic on two texts. Run it with `npm run example:errant`.
 */
import { countGtid, errantGtid, gtidText, type Pair } from 'baton/gtid';

const primary = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
const replica = '9b2c7a10-0f3d-11ef-8c55-0242ac120002';
const pairs: Record<string, Pair> = {
  'MySQL, gtid_executed': {
    source: `${primary}:1-5000:nightly:1-12`,
    replica: `${primary}:1-4990:nightly:1-12, ${replica}:1-3`,
  },
  'MariaDB, gtid_binlog_state': { source: '0-1-5000', replica: '0-1-4990,0-2-4991' },
};
for (const [which, pair] of Object.entries(pairs)) {
  const errant = errantGtid(pair);
  console.log(`${which}: ${countGtid(errant)} errant, ${gtidText(errant)}`);
}
