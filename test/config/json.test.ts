import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonObject } from '../../src/config/json.ts';

function faultOf(text: string) {
  const read = readJsonObject(text);
  if (read.ok) throw new Error(`it was read: ${text}`);
  return read.fault;
}

describe('a text that is JSON', () => {
  it('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const read = readJsonObject(text);
        expect(read.ok && Object.fromEntries(read.members.map(({ name, value }) => [name, value]))).toEqual(
          JSON.parse(text),
        );
      }),
    );
  });

  it('keeps the line of each member and members of one name', () => {
    const read = readJsonObject('{"a": {"b":\n [1, "}"]},\n\n"a" : 2, "c": null }');
    expect(read).toMatchObject({
      ok: true,
      members: [
        { name: 'a', line: 1, value: { b: [1, '}'] } },
        { name: 'a', line: 4, value: 2 },
        { name: 'c', line: 4, value: null },
      ],
    });
  });

  it('may begin with a byte order mark and be empty', () => {
    expect(readJsonObject('\uFEFF{}')).toEqual({ ok: true, members: [], trailingLine: null });
  });

  it('may be nested as deep and as long as a file can be', () => {
    const deep = `{"a": ${'['.repeat(5000)}${']'.repeat(5000)}, "b": "${'x'.repeat(2_000_000)}"}`;
    expect(readJsonObject(deep).ok).toBe(true);
  });
});

describe('a text that is not JSON', () => {
  it.each([
    ['', 1, 1, 'the file is empty'],
    ['[1]', 1, 1, 'the file must hold one object'],
    ['"a"', 1, 1, 'the file must hold one object'],
    ['{"a": 1,}', 1, 8, 'a comma stands before the closing }'],
    ['{"a": [1,\n ]}', 1, 9, 'a comma stands before the closing ]'],
    ['{"a": 1\n"b": 2}', 1, 7, 'a comma is missing after this value'],
    ['{"a": [1}', 1, 8, 'a bracket does not match'],
    ['{"a" 1}', 1, 6, 'a colon is missing'],
    ['{a: 1}', 1, 2, 'a key must stand in double quotes'],
    ['{"a": True}', 1, 7, 'a value must be'],
    ['{"a": 1, // b\n}', 1, 10, 'JSON has no comments'],
    ['{\n# b\n}', 2, 1, 'JSON has no comments'],
    ["{'a': 1}", 1, 2, 'straight double quotes'],
    ['{"a": “b”}', 1, 7, 'straight double quotes'],
    ['{"a": "b\n"}', 1, 7, 'not closed by a double quote'],
    ['{"a": "\\d+"}', 1, 7, 'a backslash in a text must be doubled'],
    ['{"a": "tab\there"}', 1, 7, 'a tab or another control character'],
    ['{"a": 1', 1, 8, 'the file ends before every'],
    ['{"a": {"b": 1}', 1, 15, 'the file ends before every'],
  ])('says where and most likely why: %j', (text, line, column, because) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ line, column });
    expect(fault.because).toContain(because);
  });

  it('shows the line without the secrets in it', () => {
    const fault = faultOf('{"MySQLTopologyPassword": "geh\\"eim", "ConsulAclToken": "tok" "Debug": x}');
    expect(fault.lineText).toContain('"MySQLTopologyPassword": …, "ConsulAclToken": …');
    expect(fault.lineText).not.toMatch(/geh|eim|tok/);
    expect(faultOf('{\n"HTTPAuthPassword": "geheim\n}').lineText).toBe('"HTTPAuthPassword": …');
  });
});
