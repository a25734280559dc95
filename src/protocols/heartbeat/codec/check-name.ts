/** Throws where no packet can carry a field of that name; `auth` is the packet's own. */
export function checkName(name: string): void {
  if (name === '' || name === 'auth' || name.includes('='))
    throw new Error(`a field cannot be called ${JSON.stringify(name)}`);
}
