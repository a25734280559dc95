import { describe, expect, it } from 'vitest';
import { importConf } from '../../../src/protocols/keepalived/conf/import.ts';
import { lintConfs } from '../../../src/protocols/keepalived/lint/lint.ts';
import type { ScriptFile } from '../../../src/protocols/keepalived/lint/scripts.ts';

const fine: ScriptFile = { exists: true, executable: true, startable: true, writableFolder: null };
const conf = (id: string, text: string) => ({ id, conf: importConf({ file: id, text }, { id }) });
const instance = (priority: number, ...lines: readonly string[]) =>
  [
    'vrrp_script chk {',
    'script /x',
    '}',
    'vrrp_instance V {',
    'interface eth0',
    'virtual_router_id 5',
    `priority ${priority}`,
    ...lines,
    '}',
  ].join('\n');
const group = (...lines: readonly string[]) =>
  ['vrrp_sync_group G {', 'group {', 'V', 'W', '}', ...lines, '}'].join('\n');

function codes(texts: readonly string[], file: ScriptFile = fine): readonly string[] {
  const readers = texts.map((text, at) => conf('ABC'.charAt(at), text));
  return lintConfs(readers, () => file).map(({ file: of, line, code }) => `${of}:${line} ${code}`);
}

it('finds nothing wrong with a pair that is right', () => {
  expect(codes([instance(150, 'track_script {', 'chk weight -60', '}'), instance(100)])).toEqual([]);
});

describe('a trap of weights', () => {
  it('is told where a weight is smaller than the gap to the peer, and not where it is larger', () => {
    const peer = instance(100);
    expect(codes([instance(150, 'track_script {', 'chk weight -50', '}'), peer])).toEqual([
      'A:9 weight-too-small',
    ]);
    expect(codes([instance(150, 'track_script {', 'chk weight -51', '}'), peer])).toEqual([]);
    expect(codes([instance(90, 'track_script {', 'chk weight 20', '}'), peer])).toEqual([]);
    expect(codes([instance(90, 'track_script {', 'chk weight 10', '}'), instance(80)])).toEqual([
      'A:9 weight-too-small',
    ]);
  });

  it.each([
    ['a weight of 254', instance(1, 'track_interface {', 'eth1 weight 254', '}'), 'A:9 weight-254'],
    [
      'nopreempt beside weights',
      instance(1, 'nopreempt', 'track_script {', 'chk weight 2', '}'),
      'A:4 nopreempt-weight',
    ],
    [
      'a weight in a sync group',
      `${instance(1, 'track_script {', 'chk weight 2', '}')}\n${group()}`,
      'A:9 group-weight',
    ],
  ])('is told: %s', (_, text, code) => {
    expect(codes([text])).toContain(code);
  });
});

describe('a trap of scripts', () => {
  it.each([
    ['missing', { ...fine, exists: false }, 'script-missing'],
    ['not executable', { ...fine, executable: false }, 'script-not-executable'],
    ['without #!', { ...fine, startable: false }, 'script-without-interpreter'],
    ['below a folder that others may write into', { ...fine, writableFolder: '/tmp' }, 'script-writable'],
  ])('is told where one is %s', (_, file, code) => {
    expect(codes([instance(1)], file)).toEqual([`A:2 ${code}`]);
  });

  it.each([
    ['init_fail', 'init_fail', 'A:1 init-fail'],
    ['a rise that is believed to delay the start', 'rise 3', 'A:1 rise-at-start'],
  ])('is told: %s', (_, line, code) => {
    expect(codes([`vrrp_script c {\nscript /x\n${line}\n}`])).toEqual([code]);
  });

  it('is told where what is tracked is defined nowhere, or below', () => {
    expect(codes([instance(1, 'track_script {', 'no', '}')])).toEqual(['A:9 reference']);
    const below =
      'vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\ntrack_script {\nc\n}\n}\nvrrp_script c {\nscript /x\n}';
    expect(codes([below])).toEqual(['A:5 reference']);
  });
});

it.each([
  ['state MASTER with nopreempt', instance(1, 'state MASTER', 'nopreempt'), 'A:4 master-nopreempt'],
  ['dont_track_primary', instance(1, 'dont_track_primary'), 'A:4 dont-track-primary'],
  ['an instance of version 3 without addresses', instance(1, 'version 3'), 'A:4 address-missing'],
  ['an instance without interface', 'vrrp_instance V {\nvirtual_router_id 1\n}', 'A:1 interface-missing'],
  ['a notify_stop', instance(1, 'notify_stop /x'), 'A:8 notify-stop'],
  ['a track_file without init_file', 'track_file f {\nfile /x\n}', 'A:1 file-missing-is-good'],
  ['an unknown member of a group', `${instance(1)}\n${group()}`, 'A:9 group-member'],
])('tells of %s', (_, text, code) => {
  expect(codes([text])).toEqual([code]);
});

it.each([
  ['another advert interval', 'advert_int 2', 'advert-differs'],
  ['another version', 'version 3', 'version-differs'],
  ['other addresses', 'virtual_ipaddress {\n10.0.0.1\n}', 'addresses-differ'],
])('tells both routers of %s', (_, line, code) => {
  const address = 'virtual_ipaddress {\n10.0.0.9\n}';
  expect(codes([instance(2, address), instance(1, address, line)])).toEqual([`A:4 ${code}`, `B:4 ${code}`]);
});

it('tells of two instances of one router with the same id or address', () => {
  const twin = 'vrrp_instance W {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n10.0.0.1\n}\n}';
  expect(codes([`${instance(1, 'virtual_ipaddress {\n10.0.0.1\n}')}\n${twin}`])).toEqual([
    'A:12 vrid-twice',
    'A:12 same-address',
  ]);
});
