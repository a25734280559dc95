import type { Key, KeyRing, Method } from '../codec/keys.ts';
import type { Complaint } from './complaint.ts';
import { type Line, linesOf } from './lines.ts';

export interface AuthkeysRead {
  /** Null where there is an error. */
  readonly ring: KeyRing | null;
  readonly complaints: readonly Complaint[];
}

/** Whom a file of secrets must not be open to: group and others (heartbeat 3.0.6). */
const othersBits = 0o077;

/** `mode`: the permissions of the file. No message holds a secret. */
export function readAuthkeys(text: string, mode: number): AuthkeysRead {
  const complaints: Complaint[] = [];
  const complain = (severity: Complaint['severity'], line: number | null, message: string) => {
    complaints.push({ severity, file: 'authkeys', line, message });
  };
  if ((mode & othersBits) !== 0)
    complain(
      'error',
      null,
      'It can be read or changed by others than its owner; chmod 600 it, and change the keys if others could have read them.',
    );
  const keys = new Map<number, Key>();
  let active: { readonly number: number; readonly line: number } | null = null;
  for (const { line, words } of linesOf(text)) {
    if (words[0] === 'auth') {
      const number = keyNumber(words[1]);
      if (number === null) complain('error', line, 'auth names no key from 1 to 15.');
      else active = { number, line };
      continue;
    }
    const key = keyIn({ line, words });
    if (typeof key === 'string') complain('error', line, key);
    else if (keys.has(key.number)) complain('error', line, `Key ${key.number} is here twice.`);
    else keys.set(key.number, key);
  }
  const signing = active === null ? undefined : keys.get(active.number);
  if (active === null) complain('error', null, 'No line `auth N` says which key ours are signed with.');
  else if (signing === undefined)
    complain('error', active.line, `Key ${active.number}, which auth names, is not here.`);
  for (const { number, method } of keys.values()) {
    if (method === 'crc')
      complain(
        'warning',
        null,
        `Key ${number} is crc, which keeps nobody out: whoever can send a packet is believed.`,
      );
    if (method === 'md5')
      complain('warning', null, `Key ${number} is md5; sha1 is the best that the daemon knows.`);
  }
  const isSound = signing !== undefined && complaints.every(({ severity }) => severity !== 'error');
  return { ring: isSound ? { active: signing, all: [...keys.values()] } : null, complaints };
}

/** A key, or why there is none. */
function keyIn({ words: [numeral, method, secret] }: Line): Key | string {
  const number = keyNumber(numeral);
  if (number === null) return `${numeral} is neither auth nor the number of a key from 1 to 15.`;
  if (!isMethod(method)) return `Key ${number} is of no method that the daemon knows: crc, md5 or sha1.`;
  if (method === 'crc') return { number, method, secret: '' };
  if (secret === undefined) return `Key ${number} has no secret, which ${method} needs.`;
  return { number, method, secret };
}

function keyNumber(word: string | undefined): number | null {
  const number = word !== undefined && /^\d{1,2}$/.test(word) ? Number(word) : 0;
  return number >= 1 && number <= 15 ? number : null;
}

function isMethod(word: string | undefined): word is Method {
  return word === 'crc' || word === 'md5' || word === 'sha1';
}
