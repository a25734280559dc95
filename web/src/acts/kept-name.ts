const name = 'baton-name';

/** Who somebody said to be, where nobody is asked to sign in: they need not say it each time. */
export function keptName(): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

export function keepName(by: string): void {
  try {
    localStorage.setItem(name, by.trim());
  } catch {
    // A browser that keeps nothing is asked again.
  }
}
