import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../src/protocols/pacemaker/environment.ts';
import { decodeMessage, MessageReader } from '../../../src/protocols/pacemaker/message-reader.ts';
import { nodeStateEvents } from '../../../src/protocols/pacemaker/node-state.ts';
import { readAsCrmMon } from '../../../src/protocols/pacemaker/readings/crm-mon.ts';
import { readAsSeed } from '../../../src/protocols/pacemaker/readings/seed.ts';
import { usualBounds } from '../../../src/protocols/pacemaker/xml.ts';
import { created, magicText, patchset } from './messages.ts';
import { messageText } from './recorded.ts';

const whole = messageText('00216', 'v2');
const unreadable = (text: string) => expect(() => decodeMessage(text));

/** Everything that is made of a message. */
function read(text: string): void {
  const message = decodeMessage(text);
  readAsCrmMon(message);
  readAsSeed(message);
  nodeStateEvents(message);
}

describe('a text that is no message', () => {
  it('is refused with a sentence that says where', () => {
    unreadable('').toThrow(/cannot be read: .*root/);
    unreadable('hello').toThrow(/1:\d+: /);
    unreadable('<notify><cib_update></notify>').toThrow(/1:\d+: /);
    unreadable('<cib/>').toThrow('its root is <cib>, not <notify>');
    unreadable('<notify/><notify/>').toThrow(/root/);
    unreadable('<notify a="1" a="2"/>').toThrow(/duplicate attribute/);
  });

  it('is refused wherever it was cut off', () => {
    for (let length = 0; length < whole.trimEnd().length - 1; length += 311)
      unreadable(whole.slice(0, length)).toThrow('cannot be read');
  });

  it('is refused in an unknown format', () => {
    for (const format of ['0', '3', '', '2x', '-1'])
      unreadable(patchset().replace('"2"', `"${format}"`)).toThrow(`its diff is of format "${format}"`);
  });

  it('does not fill the screen with what it quotes', () => {
    const name = 'x'.repeat(100_000);
    for (const text of [`<${name}/>`, `<notify></${name}>`, `<notify>&${name};</notify>`])
      try {
        decodeMessage(text);
        expect.unreachable();
      } catch (error) {
        expect(String(error).length).toBeLessThan(500);
      }
  });
});

describe('XML that attacks its reader', () => {
  it('is refused for its document type, before any entity grows', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
    ).join('');
    unreadable(`<!DOCTYPE notify [<!ENTITY l0 "ha">${laughs}]><notify a="&l9;"/>`).toThrow('document type');
    unreadable('<!DOCTYPE notify SYSTEM "file:///etc/passwd"><notify/>').toThrow('document type');
  });

  it('is refused for entities that nobody declared', () => {
    unreadable('<notify a="&secret;"/>').toThrow('undefined entity');
    unreadable('<notify>&secret;</notify>').toThrow('undefined entity');
  });

  it('is refused when it is too deep, too long, or has too many attributes', () => {
    unreadable(`<notify>${'<a>'.repeat(200)}`).toThrow('more than 100 deep');
    const many = Array.from({ length: 300 }, (_, at) => ` a${at}=""`).join('');
    unreadable(`<notify${many}/>`).toThrow('more than 200 attributes');
    expect(() => decodeMessage(whole, { ...usualBounds, characters: 1_000 })).toThrow('longer than 1000');
  });

  it('is refused as soon as it is longer than it may be, however much would follow, and stays refused', () => {
    const reader = new MessageReader({ ...usualBounds, characters: 2 ** 20 });
    const piece = `<a b="${'x'.repeat(2 ** 16)}"/>`;
    reader.write('<notify>');
    let written = 0;
    expect(() => {
      for (; written < 100; written += 1) reader.write(piece);
    }).toThrow('longer than');
    expect(written).toBe(15);
    expect(() => reader.write('</notify>')).toThrow('longer than');
    expect(() => reader.end()).toThrow('longer than');
  });

  it('reads the five entities of XML and characters by number as what they stand for', () => {
    const [event] = readAsCrmMon(
      decodeMessage(
        created({
          id: 'a&lt;b&amp;c&#10;_x_0',
          on_node: '&quot;$(reboot)&apos;',
          'transition-magic': magicText(0, 1, 0),
        }),
      ),
    );
    expect(event).toMatchObject({ resource: 'a<b&c\n', node: `"$(reboot)'` });
  });
});

describe('values from a cluster that is not to be trusted', () => {
  it('are one variable each, whatever is in them, and name no other', () => {
    const nasty = fc.string({ unit: fc.constantFrom('"', "'", '$', '`', '\n', '=', ';', '\\', 'é', ' ') });
    fc.assert(
      fc.property(nasty, nasty, (node, resource) => {
        const attributes = {
          id: escaped(`${resource}_monitor_0`),
          on_node: escaped(node),
          'transition-magic': magicText(0, 1, 0),
        };
        const [event] = readAsCrmMon(decodeMessage(created(attributes)));
        if (event === undefined) throw new Error('no event');
        const environment = environmentOf(event, 'rcpt');
        expect(Object.keys(environment)).toHaveLength(8);
        expect(environment).toMatchObject({ CRM_notify_node: node, CRM_notify_rsc: resource });
      }),
    );
  });

  it('do not reach into objects by names such as __proto__', () => {
    const text = created({ __proto__x: '1', constructor: 'x', id: 'db_monitor_0', on_node: '__proto__' });
    read(text.replace('__proto__x', '__proto__'));
    expect(({} as Record<string, unknown>)['constructor']).toBe(Object);
  });

  it('are read or refused, whatever letter of a message is changed', () => {
    const letters = fc.constantFrom('<', '>', '"', '&', '/', '\0', 'é', '=', ' ', '');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), letters, (at, letter) => {
        try {
          read(`${whole.slice(0, at)}${letter}${whole.slice(at + 1)}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'message-unreadable' });
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('a message is read the same in whatever pieces it comes', () => {
  const pieces = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(pieces, (lengths) => {
      const reader = new MessageReader();
      let at = 0;
      for (const length of lengths) {
        reader.write(whole.slice(at, at + length));
        at += length;
      }
      reader.write(whole.slice(at));
      expect(reader.end()).toEqual(decodeMessage(whole));
    }),
    { numRuns: 30 },
  );
});

function escaped(text: string): string {
  return text.replaceAll(/[^a-z_0-9]/gu, (character) => `&#${character.codePointAt(0)};`);
}
