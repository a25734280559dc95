import type { AnyStateMachine } from 'xstate';

const modulus = 2n ** 61n - 1n;

/**
 * Names one version of a machine, so that a run tells which one it was opened by: a number made of
 * the machine's definition and its functions' text. It tells versions apart; it proves nothing.
 */
export function digestOf(machine: AnyStateMachine): string {
  const digest = known.get(machine) ?? computed(machine);
  known.set(machine, digest);
  return digest;
}

/** A machine never changes, and its digest is wanted in the moment when every millisecond is an outage. */
const known = new WeakMap<AnyStateMachine, string>();

function computed(machine: AnyStateMachine): string {
  const text = JSON.stringify(machine.config, (_, value: unknown) =>
    typeof value === 'function' ? value.toString() : value,
  );
  let digest = 0n;
  for (let at = 0; at < text.length; at += 1)
    digest = (digest * 65_599n + BigInt(text.charCodeAt(at))) % modulus;
  return digest.toString(16).padStart(16, '0');
}
