/** Goes on until the process is told to end. */
export async function untilToldToEnd(): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      process.off('SIGTERM', end).off('SIGINT', end);
      resolve();
    };
    process.once('SIGTERM', end).once('SIGINT', end);
  });
}
