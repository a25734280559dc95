import type { Controller } from '../../controller/on-ports.ts';
import { BatonError } from '../../kernel/errors.ts';

/**
 * The controller that lives just now, for whoever asks it as if there were only one: it may die, and another may be
 * started in its place. `during` is told of each question that waits for an answer. While none lives whatever is asked
 * throws `daemon-unreachable`.
 */
export function whoeverLives(
  current: () => Controller | null,
  during: (answer: Promise<unknown>) => void,
): Controller {
  const living = () => {
    const controller = current();
    if (controller !== null) return controller;
    throw new BatonError('daemon-unreachable', 'the pretended controller is dead; "start" starts another');
  };
  // What is asked of it is asked of the one that lives.
  return new Proxy({} as Controller, { get: (_, name) => asked(living(), name, during) });
}

/** What is reached through these is asked too; all else is told. */
const doors = new Set<PropertyKey>([
  'restraints',
  'kept',
  'discovery',
  'history',
  'operations',
  'requests',
  'rejoins',
]);

function asked(target: object, name: PropertyKey, during: (answer: Promise<unknown>) => void): unknown {
  const value: unknown = Reflect.get(target, name, target);
  if (typeof value === 'function')
    return (...words: unknown[]) => {
      const answer: unknown = Reflect.apply(value, target, words);
      if (answer instanceof Promise) during(answer);
      return answer;
    };
  if (!doors.has(name) || typeof value !== 'object' || value === null) return value;
  return new Proxy(value, { get: (inner, one) => asked(inner, one, during) });
}
