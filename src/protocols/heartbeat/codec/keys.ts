/** How a packet is signed. `crc` knows no secret: it finds damage and keeps nobody out. */
export type Method = 'crc' | 'md5' | 'sha1';

export interface Key {
  /** By which the two ends name it, from 1 to 15. */
  readonly number: number;
  readonly method: Method;
  /** Empty for crc. */
  readonly secret: string;
}

/** What authkeys holds: every key by which a packet may be signed, and the one by which ours are. */
export interface KeyRing {
  readonly active: Key;
  readonly all: readonly Key[];
}

/** A signature as it travels: which key, and the digest in hexadecimal. */
export interface Signature {
  readonly key: number;
  readonly digest: string;
}
