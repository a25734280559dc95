/** How a replica encrypts its connection to its source; the files lie on the replica's own host. */
export interface ReplicationTls {
  readonly enabled: boolean;
  /** Empty where there is none. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** Whether the source's certificate must be for its name. */
  readonly verifiesName: boolean;
}

/** What a replica signs in to its source with. */
export interface Account {
  readonly user: string;
  readonly password: string;
  /** Null where nobody knows, and the server's own default stands. */
  readonly tls: ReplicationTls | null;
  /** Between two attempts to connect; null where nobody knows. */
  readonly connectRetrySeconds: number | null;
  /** After so many attempts it gives up; null where nobody knows, and on MariaDB, which has one number for all. */
  readonly retryCount: number | null;
}

const inStatement = /(_PASSWORD\s*=\s*|IDENTIFIED BY\s+)'(?:[^'\\]|\\.|'')*'/gi;

/** A statement or what a server said of it, as it may be shown: without the password. */
export function withoutPassword(text: string, password: string | null): string {
  const hidden = text.replace(inStatement, "$1'(hidden)'");
  return password === null || password === '' ? hidden : hidden.replaceAll(password, '(hidden)');
}
