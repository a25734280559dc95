/** A server-sent event as it came. */
export interface Heard {
  readonly type: string;
  readonly data: string;
  readonly id: string;
}

/** How the line to the controller is: `opening` until it is open for the first time. */
export type LineState =
  | { readonly is: 'opening' }
  | { readonly is: 'open' }
  /** Since when, in milliseconds since 1970. */
  | { readonly is: 'lost'; readonly since: number };

const retryMs = 2_000;
/** The controller says something at least every 15 s. */
const silentMs = 40_000;

/**
 * One stream of events that is kept open: the browser opens it again by itself where the connection breaks, and this does
 * where it gives up, or where nothing comes any more. Each time it goes on behind the last event that was heard.
 */
export class Line {
  readonly #url: string;
  readonly #types: readonly string[];
  readonly #hear: (event: Heard) => void;
  readonly #stand: (state: LineState) => void;
  #source: EventSource | null = null;
  #lastId = '';
  #state: LineState = { is: 'opening' };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    url: string;
    /** The types that are listened to. */
    types: readonly string[];
    hear: (event: Heard) => void;
    stand: (state: LineState) => void;
  }) {
    this.#url = options.url;
    this.#types = options.types;
    this.#hear = options.hear;
    this.#stand = options.stand;
  }

  open(): void {
    this.close();
    const url = new URL(this.#url);
    if (this.#lastId !== '') url.searchParams.set('after', this.#lastId);
    const source = new EventSource(url);
    this.#source = source;
    source.onopen = () => {
      this.#become({ is: 'open' });
      this.#watch(silentMs);
    };
    source.onerror = () => {
      if (this.#state.is !== 'lost') this.#become({ is: 'lost', since: Date.now() });
      this.#watch(source.readyState === EventSource.CLOSED ? retryMs : silentMs);
    };
    for (const type of this.#types)
      source.addEventListener(type, (event: MessageEvent<string>) => {
        this.#watch(silentMs);
        if (event.lastEventId !== '') this.#lastId = event.lastEventId;
        this.#hear({ type, data: event.data, id: event.lastEventId });
      });
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #watch(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#state.is !== 'lost') this.#become({ is: 'lost', since: Date.now() });
      this.open();
    }, ms);
  }

  #become(state: LineState): void {
    this.#state = state;
    this.#stand(state);
  }
}
