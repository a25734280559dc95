import type { InstanceKey } from '../kernel/instance-key.ts';
import { BatonError, messageOf } from '../kernel/errors.ts';
import type { Access } from './access.ts';
import { Link, type Rows } from './link.ts';

/** Error 1146, ER_NO_SUCH_TABLE. */
const noSuchTable = 1146;
/** A table of a large backend takes its time. */
const answerMs = 60_000;

/** The tables of another program's schema on a server, read and never written; its moments in UTC. */
export function openForeignSchema(key: InstanceKey, schema: string, access: Access) {
  const link = new Link(key, access, {
    prepare: async (ask) =>
      void (await ask("SET SESSION time_zone = '+00:00'; SET SESSION TRANSACTION READ ONLY")),
    onLost: () => {},
  });
  const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;
  return {
    name: `${schema} on ${key}`,
    /** All rows of a table; null where there is none of that name. */
    async rows(table: string): Promise<Rows | null> {
      try {
        const [rows = []] = await link.ask(`SELECT * FROM ${quoted(schema)}.${quoted(table)}`, answerMs);
        return rows;
      } catch (error) {
        if ((error as { errno?: unknown }).errno === noSuchTable) return null;
        if (error instanceof BatonError) throw error;
        const because = `${table} of ${schema} on ${key} cannot be read: ${messageOf(error)}`;
        throw new BatonError('backend-unreadable', because, { cause: error });
      }
    },
    close: () => link.close(),
  };
}
