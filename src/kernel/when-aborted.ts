/** Who sleeps under each signal. */
const dormitories = new WeakMap<AbortSignal, { readonly sleepers: Set<() => void>; close(): void }>();

/**
 * Has `wake` called when the signal is aborted; call what it gives when that is no longer wanted. All who
 * sleep under one signal share one listener: to add a listener, the signal walks past all that it has,
 * and thousands of watchers sleep under the controller's.
 */
export function whenAborted(signal: AbortSignal, wake: () => void): () => void {
  const dormitory = dormitories.get(signal) ?? dormitoryOf(signal);
  dormitory.sleepers.add(wake);
  return () => {
    dormitory.sleepers.delete(wake);
    if (dormitory.sleepers.size === 0) dormitory.close();
  };
}

function dormitoryOf(signal: AbortSignal) {
  const sleepers = new Set<() => void>();
  const wakeAll = () => {
    dormitories.delete(signal);
    for (const wake of sleepers) wake();
  };
  const close = () => {
    dormitories.delete(signal);
    signal.removeEventListener('abort', wakeAll);
  };
  signal.addEventListener('abort', wakeAll, { once: true });
  dormitories.set(signal, { sleepers, close });
  return { sleepers, close };
}
