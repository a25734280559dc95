/** Whether there is a process of this number, be it somebody else's; what is no number of one names none. */
export function isAlive(pid: number): boolean {
  // 0 and what is below it mean groups of processes to kill(2).
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
