import { inSlices } from './in-slices.ts';

/** JSON that is ready to be sent, to one or to many. */
export class Serialised {
  readonly bytes: Buffer;

  constructor(text: string) {
    this.bytes = Buffer.from(text);
  }
}

/**
 * A value in JSON. A long list, or one in a field of it, is written a part at a time, so that nothing waits for the
 * whole; what makes its elements late, by `toJSON`, makes them then.
 */
export async function serialised(value: unknown): Promise<Serialised> {
  if (Array.isArray(value)) return new Serialised(await listText(value));
  if (typeof value !== 'object' || value === null) return new Serialised(JSON.stringify(value ?? null));
  const fields: string[] = [];
  for (const [name, field] of Object.entries(value)) {
    const text = Array.isArray(field) ? await listText(field) : JSON.stringify(field);
    if (text !== undefined) fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return new Serialised(`{${fields.join(',')}}`);
}

async function listText(list: readonly unknown[]): Promise<string> {
  return `[${(await inSlices(list, (element) => JSON.stringify(element) ?? 'null')).join(',')}]`;
}
