/** What answers of steps say that people look for, read by its shape: each build has written what it had. */

/** What one observer said of the failed instance. */
export interface VoteSaid {
  readonly observer: string;
  readonly says: string;
  readonly because: string;
}

export interface GateSaid {
  readonly gate: string;
  readonly open: boolean;
  readonly because: string;
}

/** What a change of primary has cost the data. */
export interface LossSaid {
  readonly says: 'nothing-lost' | 'at-most' | 'unknown';
  readonly because: string;
}

/** How a server stood before an act. */
export interface ServerState {
  readonly readOnly: boolean;
  readonly source: string | null;
  readonly receiving: boolean;
  readonly applying: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

export function votesIn(value: unknown): readonly VoteSaid[] | null {
  return listIn(fieldsOf(fieldsOf(value)['verdict'])['votes'], ({ observer, says, because }) =>
    typeof observer === 'string' && typeof says === 'string'
      ? { observer, says, because: words(because) }
      : null,
  );
}

export function gatesIn(value: unknown): readonly GateSaid[] | null {
  return listIn(fieldsOf(value)['gates'], ({ gate, open, because }) =>
    typeof gate === 'string' ? { gate, open: open === true, because: words(because) } : null,
  );
}

export function successorIn(value: unknown): string | null {
  const { successor } = fieldsOf(value);
  return typeof successor === 'string' ? successor : null;
}

export function lossIn(value: unknown): LossSaid | null {
  const { says, because, missing } = fieldsOf(value);
  const isLoss = says === 'nothing-lost' || says === 'at-most' || says === 'unknown';
  return isLoss && typeof missing === 'string' ? { says, because: words(because) } : null;
}

export function stateOfServer(before: unknown): ServerState {
  const { readOnly, source, receiving, applying } = fieldsOf(before);
  return {
    readOnly: readOnly === true,
    source: typeof source === 'string' ? source : null,
    receiving: receiving === true,
    applying: applying === true,
  };
}

/** `read-only, replicates from db1:3306`. */
export function standingText({ readOnly, source, receiving, applying }: ServerState): string {
  const writes = readOnly ? 'read-only' : 'takes writes';
  if (source === null) return `${writes}, no source`;
  if (receiving && applying) return `${writes}, replicates from ${source}`;
  const still = [...(receiving ? [] : ['receives nothing']), ...(applying ? [] : ['applies nothing'])].join(
    ', ',
  );
  return `${writes}, source ${source}: ${still}`;
}

function listIn<T>(value: unknown, read: (fields: Fields) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((one) => read(fieldsOf(one)) ?? []);
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
