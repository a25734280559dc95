import { z } from 'zod';

/** A value that a schema lets through; `differs` says in what from the first one, empty for that. */
export interface Sample {
  readonly differs: string;
  readonly value: unknown;
}

/** As many are enough to choose from. */
const mostSamples = 40;
const mostDeep = 6;
/** What texts are, in turn, until a schema lets one through. */
const texts = ['so it is', '', 'b:3306', '2026-01-01T00:00:00.000Z'];
/** What has a schema of our own is an instance, or anything. */
const instance = 'b:3306';

/**
 * Values of every shape that a schema knows: one to begin with, and for each choice in it, a boolean, one of several words,
 * null or something, one that differs in that alone. Only what the schema itself lets through.
 */
export function samplesOf(schema: z.ZodType): readonly Sample[] {
  const drawn = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Drawn;
  for (const text of texts) {
    const found = [...variants(drawn, { text, definitions: drawn.$defs ?? {}, deep: 0 })]
      .map(([value, differs]): Sample => ({ value, differs }))
      .filter(({ value }) => schema.safeParse(value).success);
    if (found.length > 0) return distinct(found).slice(0, mostSamples);
  }
  return [];
}

/** What of JSON Schema zod writes. */
interface Drawn {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Drawn[];
  readonly oneOf?: readonly Drawn[];
  readonly allOf?: readonly Drawn[];
  readonly properties?: Readonly<Record<string, Drawn>>;
  readonly required?: readonly string[];
  readonly items?: Drawn;
  readonly prefixItems?: readonly Drawn[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly default?: unknown;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Drawn>>;
}

interface Making {
  readonly text: string;
  readonly definitions: Readonly<Record<string, Drawn>>;
  readonly deep: number;
}

/** Each value with what it differs in. The first one is the plainest. */
function* variants(drawn: Drawn, making: Making): Generator<readonly [unknown, string]> {
  if (making.deep > mostDeep) return;
  const inner = { ...making, deep: making.deep + 1 };
  if (drawn.$ref !== undefined) {
    const meant = making.definitions[drawn.$ref.split('/').at(-1) ?? ''];
    if (meant !== undefined) yield* variants(meant, inner);
  } else if ('const' in drawn) yield [drawn.const, told(drawn.const)];
  else if (drawn.enum !== undefined) for (const one of drawn.enum) yield [one, told(one)];
  else if (drawn.allOf !== undefined) yield* variants(Object.assign({}, ...drawn.allOf), inner);
  else if (drawn.anyOf !== undefined || drawn.oneOf !== undefined)
    for (const one of drawn.anyOf ?? drawn.oneOf ?? []) yield* variants(one, inner);
  else yield* plain(drawn, inner);
}

function* plain(drawn: Drawn, making: Making): Generator<readonly [unknown, string]> {
  if (typeof drawn.type === 'object') {
    for (const type of drawn.type) yield* plain({ ...drawn, type }, making);
    return;
  }
  switch (drawn.type) {
    case 'boolean':
      yield [true, 'true'];
      yield [false, 'false'];
      return;
    case 'null':
      yield [null, 'null'];
      return;
    case 'number':
    case 'integer':
      yield [Math.max(drawn.minimum ?? 1, (drawn.exclusiveMinimum ?? 0) + 1), 'a number'];
      return;
    case 'string':
      yield [making.text, 'a text'];
      return;
    case 'array':
      yield* lists(drawn, making);
      return;
    case 'object':
      yield* objects(drawn, making);
      return;
    default:
      yield [instance, 'an instance'];
  }
}

function* lists({ items, prefixItems }: Drawn, making: Making): Generator<readonly [unknown, string]> {
  if (prefixItems !== undefined) {
    yield [prefixItems.map((one) => first(one, making)), 'a tuple'];
    return;
  }
  yield [[], 'none'];
  if (items === undefined) return;
  for (const [value, differs] of variants(items, making)) yield [[value], `one: ${differs}`];
}

/** The plainest of all, and then for each property each other value that it can have. */
function* objects(drawn: Drawn, making: Making): Generator<readonly [unknown, string]> {
  const { properties = {}, required = [] } = drawn;
  const base = Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name))
      .map(([name, one]) => [name, first(one, making)]),
  );
  yield [base, ''];
  for (const [name, one] of Object.entries(properties))
    for (const [value, differs] of variants(one, making))
      if (JSON.stringify(value) !== JSON.stringify(base[name]))
        yield [
          { ...base, [name]: value },
          /^[\w.]+: /.test(differs) ? `${name}.${differs}` : `${name}: ${differs}`,
        ];
}

function first(drawn: Drawn, making: Making): unknown {
  for (const [value] of variants(drawn, making)) return value;
  return null;
}

function told(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function distinct(samples: readonly Sample[]): readonly Sample[] {
  const known = new Set<string>();
  return samples.filter(({ value }) => {
    const text = JSON.stringify(value);
    return !known.has(text) && known.add(text);
  });
}
