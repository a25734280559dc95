import { z } from 'zod';
import { variableName } from '../hook-shapes.ts';
import { type Key, used } from '../key.ts';

const secretForm = 'wants ${NAME}: the environment variable that holds it, never the secret itself';
const Secret = z.string({ error: secretForm }).regex(variableName, { error: secretForm });
const address = z.url({ protocol: /^https?$/, error: 'wants an address as http://host:2379' });
const File = z.string({ error: 'wants the path of a PEM file' }).default('');
const absolute = 'wants the path of a folder, from / on';
const absoluteFile = 'wants the path of a file, from / on';
const noClusters = 'wants a list of cluster filters, as ["alias=shop"]';
const Filters = z.array(z.string({ error: 'wants a text' }), { error: noClusters });
const Clusters = Filters.default(['*']);

/** One of those whom Baton tells who is the primary, and of which clusters. */
const FileOfServers = z.record(
  z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]+):\d+$/, { error: 'wants servers as host:port' }),
  z.string({ error: absoluteFile }).startsWith('/', { error: absoluteFile }),
  { error: 'wants a file for each server, as {"db1:3306": "/run/baton/role"}' },
);
const Place = z.discriminatedUnion('Kind', [
  z.strictObject({
    Kind: z.literal('etcd'),
    Clusters,
    Endpoints: z.array(address, { error: 'wants a list of addresses' }).default([]),
    User: z.string().default(''),
    Password: Secret.optional(),
    CAFile: File,
    CertFile: File,
    KeyFile: File,
  }),
  z.strictObject({
    Kind: z.literal('proxysql'),
    // Two clusters in one hostgroup would take turns in it.
    Clusters: Filters.min(1, { error: noClusters }),
    Address: z
      .string({ error: 'wants host:port of its administration' })
      .regex(/^(\[[0-9a-fA-F:.]+\]|[^:\s[\]]+):\d+$/, { error: 'wants host:port of its administration' }),
    User: z.string({ error: 'wants a text' }),
    Password: Secret.optional(),
    WriterHostgroup: z.int({ error: 'wants the number of a hostgroup' }).min(0),
  }),
  z.strictObject({
    Kind: z.literal('http'),
    Clusters,
    Url: z
      .url({ protocol: /^https?$/, error: 'wants an address as https://host/path' })
      .refine((url) => !URL.canParse(url) || (new URL(url).username === '' && new URL(url).password === ''), {
        error: 'has a name or a password in it',
      }),
    Secret: Secret.optional(),
  }),
  z.strictObject({
    Kind: z.literal('file'),
    Clusters,
    Directory: z.string({ error: absolute }).startsWith('/', { error: absolute }),
  }),
  z.strictObject({
    Kind: z.literal('track-file'),
    // The files of two clusters would be taken for one another's.
    Clusters: Filters.min(1, { error: noClusters }),
    Files: FileOfServers,
    Leases: FileOfServers.default({}),
  }),
]);
export type Place = z.output<typeof Place>;

/** The leases that the controller which leads renews. */
export function leasesOf(places: readonly Place[]): readonly string[] {
  return places.flatMap((place) => (place.Kind === 'track-file' ? Object.values(place.Leases) : []));
}

const Places = z.array(Place);

export const publish: Key<readonly Place[]> = {
  kind: 'plain',
  schema: Places as z.ZodType<readonly Place[]>,
  wants: 'a list of places, as [{"Kind": "file", "Directory": "/run/baton/primaries"}]',
  fallback: [],
  means:
    'Whom Baton tells who is the primary, beside Consul: "etcd" (Endpoints, User, Password, CAFile, CertFile, KeyFile; without Endpoints the one of Coordination), "proxysql" (Address, User, Password, WriterHostgroup, Clusters), "http" (Url, Secret), "file" (Directory), "track-file" (Files, Clusters: for each server of one cluster the file that the keepalived beside it tracks with weight 0; and in Leases, where it is to give the address up by itself, the file of its lease, which the leading controller renews each second). Clusters says of which, as RecoverMasterClusterFilters does; Password and Secret are ${NAME} of an environment variable.',
  standing: used,
};

/** The environment variables that hold the secrets of places. */
export function publishVariablesOf(places: readonly Place[]): readonly string[] {
  return places.flatMap((place) => {
    const written = 'Password' in place ? place.Password : 'Secret' in place ? place.Secret : undefined;
    return written === undefined ? [] : [variableIn(written)];
  });
}

/** The name in `${NAME}`. */
export function variableIn(written: string): string {
  return variableName.exec(written)?.[1] ?? '';
}
