/** Fetches what only the failed primary has. */
export async function rescue() {
  return { because: 'no way to rescue anything is configured' };
}
