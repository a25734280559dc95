/** What is to come, the earliest first; of one moment what was entered first. */
export class Agenda<T> {
  readonly #heap: { readonly atMs: number; readonly order: number; readonly what: T }[] = [];
  #entered = 0;

  enter(atMs: number, what: T): void {
    const heap = this.#heap;
    heap.push({ atMs, order: this.#entered, what });
    this.#entered += 1;
    let at = heap.length - 1;
    while (at > 0 && this.#isBefore(at, (at - 1) >> 1)) {
      this.#swap(at, (at - 1) >> 1);
      at = (at - 1) >> 1;
    }
  }

  /** When the earliest comes; null where nothing does. */
  firstAtMs(): number | null {
    return this.#heap[0]?.atMs ?? null;
  }

  /** Undefined where nothing comes before or at `untilMs`. */
  next(untilMs: number): { readonly atMs: number; readonly what: T } | undefined {
    const [first] = this.#heap;
    if (first === undefined || first.atMs > untilMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = at * 2 + 1;
      let least = at;
      if (left < this.#heap.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < this.#heap.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return false;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
