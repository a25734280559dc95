/**
 * Waits for every piece of work, also when one of them fails; then throws the first failure. Whoever
 * undoes what failed must not meet what still goes on.
 */
export async function allSettled(works: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(works);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
