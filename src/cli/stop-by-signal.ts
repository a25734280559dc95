/** Does something until it is done, or the process is told to end. */
export async function stopBySignal(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const end = () => stop.abort(new Error('it was told to end'));
  process.once('SIGTERM', end).once('SIGINT', end);
  await work(stop.signal).finally(() => process.off('SIGTERM', end).off('SIGINT', end));
}
