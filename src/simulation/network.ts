import type { InstanceKey } from '../kernel/instance-key.ts';

/** Who may be at an end of a link: a server, or the machine that the controller runs on. */
export type Place = InstanceKey | 'baton';

/** Which places cannot hear each other. A cut link is silent both ways. */
export class Network {
  readonly #cut = new Set<string>();

  cut(a: Place, b: Place): void {
    this.#cut.add(linkOf(a, b));
  }

  heal(a: Place, b: Place): void {
    this.#cut.delete(linkOf(a, b));
  }

  carries(a: Place, b: Place): boolean {
    return this.#cut.size === 0 || !this.#cut.has(linkOf(a, b));
  }
}

function linkOf(a: Place, b: Place): string {
  return [a, b].sort().join(' ');
}
