import { expect, it } from 'vitest';
import { litFor, meantBy, toldAs } from '../../web/src/workbench/keepalived-conf.ts';

const conf = `vrrp_instance shop {
  interface eth0
  virtual_router_id 51
  notify_master /opt/promote.sh
}
vrrp_sync_group both {
  group { shop }
  notify_backup /opt/stand-back.sh
}
`;

it('tells which scripts a keepalived.conf calls, for each instance and group', () => {
  const { parts } = meantBy(conf, '2.x');
  expect(parts.map(({ name }) => name)).toEqual(['vrrp_instance shop', 'vrrp_sync_group both']);
  const called = parts.flatMap(({ entries }) =>
    entries.flatMap(({ state, calls }) => calls.map(({ argv }) => [state, argv[0]])),
  );
  expect(called).toEqual([
    ['MASTER', '/opt/promote.sh'],
    ['BACKUP', '/opt/stand-back.sh'],
  ]);
});

it('marks the states in which scripts are called, and lights the one that is looked at', () => {
  const entries = meantBy(conf, '2.x').parts[0]?.entries ?? [];
  expect(litFor(entries, null)).toMatchObject({ standing: [], passed: ['master'] });
  expect(litFor(entries, 'MASTER')).toMatchObject({ standing: ['master'], passed: [] });
  expect(litFor(entries, 'FAULT')).toMatchObject({ standing: ['fault'], passed: ['master'] });
});

it('knows the states that keepalived tells of, and tells nobody of the others', () => {
  expect(['stopped', 'transition', null].map(toldAs)).toEqual(['STOP', null, null]);
});

it('says what keepalived reads otherwise than it is written', () => {
  expect(meantBy('vrrp_instanse shop {\n}\n', '2.x').complaints).toMatchObject([{ line: 1 }]);
});
