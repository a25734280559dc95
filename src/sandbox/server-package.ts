import { z } from 'zod';

export const Flavour = z.enum(['mariadb', 'mysql']);
export type Flavour = z.infer<typeof Flavour>;

export const flavourNames: Record<Flavour, string> = { mariadb: 'MariaDB', mysql: 'MySQL' };

/** A program and the arguments that must come first: none, or those of the loader that starts it. */
export const Program = z.object({ file: z.string(), args: z.array(z.string()) });
export type Program = z.infer<typeof Program>;

/** Where one server's parts lie, installed on the machine or unpacked in the cache folder. */
export const ServerPackage = z.object({
  flavour: Flavour,
  /** As the server itself says it: `10.11.19-MariaDB-0+deb12u1`, `9.7.4-2`. */
  version: z.string(),
  server: Program,
  client: Program,
  /** Messages, character sets and the SQL of the system tables. */
  shareDirectory: z.string(),
  /** Null where the server's own default is right, or where it has no plugins. */
  pluginDirectory: z.string().nullable(),
});
export type ServerPackage = z.infer<typeof ServerPackage>;

/** How the room tells a person what takes time: one sentence an event. */
export type Tell = (sentence: string) => void;
