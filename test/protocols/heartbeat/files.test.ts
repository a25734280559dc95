import { describe, expect, it } from 'vitest';
import { readAuthkeys } from '../../../src/protocols/heartbeat/files/authkeys.ts';
import { type Complaint, complaintText } from '../../../src/protocols/heartbeat/files/complaint.ts';
import { millisecondsOf } from '../../../src/protocols/heartbeat/files/duration.ts';
import { readHaCf } from '../../../src/protocols/heartbeat/files/ha-cf.ts';
import { readHaresources } from '../../../src/protocols/heartbeat/files/haresources.ts';

const haCf = `# of the laboratory
logfacility none
realtime off
keepalive 500ms
warntime 1500ms
deadtime 3
initdead 5
udpport 695
bcast eth0
ucast eth1 10.99.2.2   # the other
mcast eth2 239.0.0.1 694 1 0
auto_failback legacy
ping 10.99.1.77
node NodeA
node nodeb
`;

const errors = (complaints: readonly Complaint[]) =>
  complaints.filter(({ severity }) => severity === 'error').map(complaintText);

describe('ha.cf', () => {
  it('is read as the daemon reads it', () => {
    const { conf, complaints } = readHaCf(haCf);
    expect(conf).toMatchObject({
      nodes: ['nodea', 'nodeb'],
      links: [
        { kind: 'bcast', device: 'eth0', port: 695 },
        { kind: 'ucast', device: 'eth1', port: 695, address: '10.99.2.2' },
        { kind: 'mcast', device: 'eth2', port: 694, group: '239.0.0.1', timeToLive: 1 },
      ],
      pings: ['10.99.1.77'],
      keepaliveMs: 500,
      warnMs: 1_500,
      deadMs: 3_000,
      deadPingMs: 3_000,
      initialDeadMs: 5_000,
      autoFailback: 'legacy',
      messageFormat: 'classic',
    });
    expect(complaints.map(complaintText)).toEqual([
      'ha.cf: warning: initdead is 5000 ms; a network may take longer than that to come up.',
    ]);
    const parameters = ['keepalive', 'deadtime', 'udpport', 'msgfmt', 'hopfudge', 'nosuch'];
    expect(parameters.map((name) => conf?.parameters.get(name))).toEqual([
      '500ms',
      '3',
      '695',
      'classic',
      '1',
      undefined,
    ]);
  });

  it('has the daemon’s defaults where it says nothing', () => {
    const { conf } = readHaCf('udpport 700\nbcast eth0 eth1\nnode a b\n');
    expect(conf).toMatchObject({
      keepaliveMs: 1_000,
      deadMs: 30_000,
      warnMs: 15_000,
      initialDeadMs: 30_000,
      autoFailback: 'legacy',
      links: [{ device: 'eth0' }, { device: 'eth1' }],
    });
    const initial = (seconds: number) =>
      readHaCf(`deadtime ${seconds}\nbcast eth0\nnode a\n`).conf?.initialDeadMs;
    expect([5, 8, 11].map(initial)).toEqual([12_000, 16_000, 11_000]);
  });

  it('gives a port to the links behind it only', () => {
    const { conf } = readHaCf('bcast eth0\nudpport 700\nbcast eth1\nnode a\n');
    expect(conf?.links.map(({ port }) => port)).toEqual([694, 700]);
  });

  it('is refused for what the daemon would not start with, line by line', () => {
    const { conf, complaints } = readHaCf(
      [
        'keepalive soon',
        'udpport 70000',
        'ucast eth0',
        'mcast eth0 10.0.0.1 694 1 0',
        'mcast eth0 239.0.0.1 694 0 0',
        'logfile',
        'constructor 1',
        'auto_failback perhaps',
      ].join('\n'),
    );
    expect(conf).toBeNull();
    expect(errors(complaints)).toEqual([
      'ha.cf:2: error: udpport is no port.',
      'ha.cf:3: error: ucast wants a device and the address of the peer.',
      'ha.cf:4: error: mcast wants a device and a group from 224.0.0.0 to 239.255.255.255.',
      'ha.cf:5: error: mcast wants a time to live from 1 to 4 behind its port.',
      'ha.cf:6: error: logfile has no value.',
      'ha.cf:7: error: constructor is no directive of heartbeat 3.0.6.',
      'ha.cf: error: keepalive is soon, which is no time such as 2, 1.5 or 500ms.',
      'ha.cf: error: auto_failback is perhaps, none of legacy, on, off.',
      'ha.cf: error: No node is named.',
      'ha.cf: error: No link is named that Baton can speak over: bcast, ucast or mcast.',
    ]);
  });

  it('is refused when a node would be dead before it can have spoken', () => {
    const { complaints } = readHaCf('keepalive 2\ndeadtime 4\ninitdead 3\nbcast eth0\nnode a\n');
    expect(errors(complaints)).toEqual([
      'ha.cf: error: deadtime (4000 ms) must be more than twice keepalive (2000 ms).',
      'ha.cf: error: deadping (4000 ms) must be more than twice keepalive (2000 ms).',
      'ha.cf: error: initdead (3000 ms) must not be less than deadtime (4000 ms).',
    ]);
  });

  it('is read without the links that Baton cannot speak over, and says so', () => {
    const { conf, complaints } = readHaCf('bcast eth0\nserial /dev/ttyS0\nnode a\n');
    expect(conf?.links).toHaveLength(1);
    expect(complaints.map(complaintText)).toEqual([
      'ha.cf:2: warning: Baton does not speak over serial; this link is left out.',
    ]);
  });

  it('has times in seconds where no unit says otherwise', () => {
    expect(['3', '1.7', '500ms', '750000us', '.5', '2s'].map(millisecondsOf)).toEqual([
      3_000, 1_700, 500, 750, 500, 2_000,
    ]);
    expect(['', 'x', '1 s', '-1', '1e3', '1toString'].map(millisecondsOf)).toEqual(Array(6).fill(null));
  });
});

describe('authkeys', () => {
  it('is read with the key that ours are signed with', () => {
    const { ring, complaints } = readAuthkeys('# ours\nauth 2\n1 sha1 old\n2 sha1 young#er\n', 0o600);
    expect(complaints).toEqual([]);
    expect(ring?.active).toEqual({ number: 2, method: 'sha1', secret: 'young' });
    expect(ring?.all.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is refused when others can read it, whatever else is right', () => {
    for (const mode of [0o640, 0o604, 0o620, 0o601, 0o644]) {
      const { ring, complaints } = readAuthkeys('auth 1\n1 sha1 s3cret\n', mode);
      expect(ring).toBeNull();
      expect(errors(complaints)[0]).toContain('chmod 600');
    }
    expect(readAuthkeys('auth 1\n1 sha1 s3cret\n', 0o100600).ring).not.toBeNull();
  });

  it('is refused line by line, and no message holds a secret', () => {
    const { ring, complaints } = readAuthkeys(
      'auth 3\n1 sha1 s3cret\n1 md5 s3cret\n16 sha1 s3cret\n2 sha256 s3cret\n4 sha1\nauth x\n',
      0o600,
    );
    expect(ring).toBeNull();
    expect(errors(complaints)).toEqual([
      'authkeys:3: error: Key 1 is here twice.',
      'authkeys:4: error: 16 is neither auth nor the number of a key from 1 to 15.',
      'authkeys:5: error: Key 2 is of no method that the daemon knows: crc, md5 or sha1.',
      'authkeys:6: error: Key 4 has no secret, which sha1 needs.',
      'authkeys:7: error: auth names no key from 1 to 15.',
      'authkeys:1: error: Key 3, which auth names, is not here.',
    ]);
    expect(JSON.stringify(complaints)).not.toContain('s3cret');
    expect(errors(readAuthkeys('', 0o600).complaints)).toEqual([
      'authkeys: error: No line `auth N` says which key ours are signed with.',
    ]);
  });

  it('warns of crc, which keeps nobody out', () => {
    const { ring, complaints } = readAuthkeys('auth 1\n1 crc\n', 0o600);
    expect(ring?.active.method).toBe('crc');
    expect(complaints.map(({ severity }) => severity)).toEqual(['warning']);
  });
});

describe('haresources', () => {
  it('is read as groups that are named by their first resource', () => {
    const { groups, complaints } = readHaresources(
      '# home\nNodeA fakedb::db1 \\\n  10.0.0.9/24/eth0 \\\n mail::root::x\nnodeb fakedb::db2\n',
      ['nodea', 'nodeb'],
    );
    expect(complaints).toEqual([]);
    expect(groups).toEqual([
      {
        key: 'fakedb::db1',
        node: 'nodea',
        line: 2,
        resources: [
          { script: 'fakedb', arguments: ['db1'] },
          { script: 'IPaddr', arguments: ['10.0.0.9/24/eth0'] },
          { script: 'mail', arguments: ['root', 'x'] },
        ],
      },
      { key: 'fakedb::db2', node: 'nodeb', line: 5, resources: [{ script: 'fakedb', arguments: ['db2'] }] },
    ]);
  });

  it('is refused line by line', () => {
    const { complaints } = readHaresources('nodea\nnodec x\nnodea y\nnodea y\n', ['nodea']);
    expect(errors(complaints)).toEqual([
      'haresources:1: error: nodea has no resources.',
      'haresources:2: error: nodec is no node of ha.cf.',
      'haresources:4: error: y is here twice.',
    ]);
  });
});
