import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { InstanceKey } from '../kernel/instance-key.ts';
import { changes } from './door/caller.ts';
import { problemSchema } from './problems.ts';
import { type Documented, route } from './route.ts';
import { Serialised } from './serialised.ts';

/** Describes the native API by OpenAPI 3.1, made of what each of its questions states. Called before they are registered. */
export function documentRoutes(server: FastifyInstance): void {
  const documented: Documented[] = [];
  let described: Serialised | null = null;
  server.addHook('onRoute', ({ config, method }) => {
    if (config?.documented !== undefined && method !== 'HEAD') documented.push(config.documented);
  });
  route(server, {
    method: 'GET',
    needs: 'view',
    path: '/openapi.json',
    says: 'This description.',
    answer: z.record(z.string(), z.unknown()),
    handle() {
      described ??= new Serialised(JSON.stringify(descriptionOf(documented)));
      return described;
    },
  });
}

function descriptionOf(documented: readonly Documented[]): Readonly<Record<string, unknown>> {
  const paths: Record<string, Shapes> = {};
  const named: Shapes = { Problem: problemSchema };
  for (const question of documented) {
    const path = `/baton/v1${question.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [question.method.toLowerCase()]: operationOf(question, named) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Baton', version: '1' },
    security: [{ token: [] }, { password: [] }],
    paths,
    components: {
      schemas: named,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        password: { type: 'http', scheme: 'basic' },
      },
    },
  };
}

function operationOf(question: Documented, named: Shapes) {
  const { method, path, needs, says, params, query, body, answer, isStream } = question;
  const parameters = [
    ...parametersOf(params, 'path', named),
    ...parametersOf(query, 'query', named),
    ...(method === 'POST' && changes(needs) ? [idempotencyKey] : []),
  ];
  return {
    operationId: `${method.toLowerCase()}${path.replace(/[^A-Za-z]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary: says,
    description: `Needs the role ${needs}.`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input', named) } },
          },
        }),
    responses: {
      200: {
        description: isStream ? 'Events without end; the data of each is one of these.' : 'Done.',
        content: {
          [isStream ? 'text/event-stream' : 'application/json']: {
            schema: schemaOf(answer, 'output', named),
          },
        },
      },
      default: {
        description: 'What is wrong, with the code of the error table.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Whoever asks again with the same key gets the same answer, and nothing is done a second time.',
  schema: { type: 'string', maxLength: 200 },
};

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query', named: Shapes) {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', named) as {
    properties?: Readonly<Record<string, unknown>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: shape,
  }));
}

type Shapes = Record<string, unknown>;

/** A schema without its named parts, which go among `named` and are referred to there. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', named: Shapes): Shapes {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === InstanceKey) Object.assign(jsonSchema, { type: 'string', pattern: ':[0-9]+$' });
    },
  });
  const text = JSON.stringify(shape).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { $defs = {}, ...rest } = JSON.parse(text) as Shapes & { $defs?: Shapes };
  Object.assign(named, $defs);
  return rest;
}
