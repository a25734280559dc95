import mysql, { type Connection } from 'mysql2';
import type { Result } from './wire-fleet-protocol.ts';

/** One server of the fleet: where it is and whom it replicates from. */
export interface Member {
  readonly port: number;
  readonly serverId: number;
  /** Null for a primary. */
  readonly source: Member | null;
  readonly replicas: Member[];
  isAlive: boolean;
}

/** A real server whose answers the fleet gives for its own. */
export interface Model {
  readonly port: number;
  readonly serverId: number;
}

/**
 * What a real primary and a real replica of it answer, each statement asked of each once, and given
 * again with another address for every member: a fleet then says what real servers say, whatever they
 * are asked. Only what has to fit together is replaced: ports, server ids, the lists of replicas, and
 * the state of the receiving thread where the source is gone.
 */
export class Answers {
  readonly #models: { readonly primary: Model; readonly replica: Model };
  readonly #links: ReadonlyMap<Model, Connection>;
  readonly #recorded = new Map<string, Promise<Result | null>>();

  constructor(
    models: { readonly primary: Model; readonly replica: Model },
    account: { user: string; password: string },
  ) {
    this.#models = models;
    this.#links = new Map(
      [models.primary, models.replica].map((model) => [
        model,
        mysql.createConnection({
          host: '127.0.0.1',
          port: model.port,
          ...account,
          rowsAsArray: true,
          typeCast: false,
        }),
      ]),
    );
  }

  async resultFor(statement: string, member: Member): Promise<Result | null> {
    const { primary, replica } = this.#models;
    const isReplica = member.source !== null;
    const recorded = await this.#record(statement, isReplica ? replica : primary);
    if (recorded === null) return null;
    return {
      columns: recorded.columns,
      rows: isReplica
        ? recorded.rows.map((row) => this.#asReplica(row, recorded, member))
        : recorded.rows.flatMap((row) => this.#asPrimary(row, recorded, member)),
    };
  }

  close(): void {
    for (const link of this.#links.values()) link.destroy();
  }

  #record(statement: string, model: Model): Promise<Result | null> {
    const name = `${model.port} ${statement}`;
    const known = this.#recorded.get(name) ?? this.#askModel(statement, model);
    this.#recorded.set(name, known);
    return known;
  }

  #askModel(statement: string, model: Model): Promise<Result | null> {
    return new Promise((resolve, reject) => {
      this.#links.get(model)?.query(statement, (error, rows: unknown, fields: unknown) => {
        if (error !== null) return reject(error);
        if (fields === undefined) return resolve(null);
        const columns = (
          fields as { name: string; columnType: number; characterSet: number; flags: number }[]
        ).map(({ name, columnType, characterSet, flags }) => ({
          name,
          type: columnType,
          characterSet,
          flags,
        }));
        const values = (rows as (Buffer | null)[][]).map((row) =>
          row.map((value) => value?.toString() ?? null),
        );
        resolve({ columns, rows: values });
      });
    });
  }

  #asReplica(row: Result['rows'][number], { columns }: Result, member: Member): (string | null)[] {
    const { source } = member;
    return row.map((value, at) => {
      const name = columns[at]?.name ?? '';
      if (source?.isAlive === false && name.endsWith('_IO_Running')) return 'Connecting';
      if (source?.isAlive === false && name === 'Last_IO_Error')
        return `error connecting to master 'repl@127.0.0.1:${source.port}'`;
      return this.#addressed(name, value, { primary: source, replica: member });
    });
  }

  /** A row about the model's replica becomes one about each replica. */
  #asPrimary(row: Result['rows'][number], { columns }: Result, member: Member): (string | null)[][] {
    const told = (replica: Member | null) =>
      row.map((value, at) => this.#addressed(columns[at]?.name ?? '', value, { primary: member, replica }));
    return row.includes(String(this.#models.replica.port)) ? member.replicas.map(told) : [told(null)];
  }

  /** The value with the members' addresses for those of the models. Other numbers may be the same by chance. */
  #addressed(
    column: string,
    value: string | null,
    members: { readonly primary: Member | null; readonly replica: Member | null },
  ): string | null {
    const field = /port/i.test(column)
      ? 'port'
      : /(server|master|source)_?id/i.test(column)
        ? 'serverId'
        : null;
    if (field === null) return value;
    for (const role of ['primary', 'replica'] as const)
      if (value === String(this.#models[role][field])) return String(members[role]?.[field]);
    return value;
  }
}
