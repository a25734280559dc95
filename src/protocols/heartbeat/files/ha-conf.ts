/** A way on which packets travel. All of them carry each message. */
export type LinkPlan =
  | { readonly kind: 'bcast'; readonly device: string; readonly port: number }
  | { readonly kind: 'ucast'; readonly device: string; readonly port: number; readonly address: string }
  | {
      readonly kind: 'mcast';
      readonly device: string;
      readonly port: number;
      readonly group: string;
      readonly timeToLive: number;
    };

/** What an ha.cf says, as far as messages are concerned. */
export interface HaConf {
  /** In small letters, in the order of the file. */
  readonly nodes: readonly string[];
  /** In the order of the file. */
  readonly links: readonly LinkPlan[];
  /** Addresses that are pinged to see whether the network is there. */
  readonly pings: readonly string[];
  readonly keepaliveMs: number;
  readonly warnMs: number;
  readonly deadMs: number;
  readonly deadPingMs: number;
  /** How long nobody is taken for dead after the start. */
  readonly initialDeadMs: number;
  readonly autoFailback: 'legacy' | 'on' | 'off';
  /** Of the real daemon's; its packets are netstrings with either, and `classic` signs the classic text within, too. */
  readonly messageFormat: 'classic' | 'netstring';
  readonly autojoin: 'none' | 'other' | 'any';
  readonly generationFrom: 'file' | 'time';
  /** How many nodes may pass a message on, beyond the number of nodes. */
  readonly hopFudge: number;
  /** Each directive with what is behind it, as it is written, and the defaults of those that have one. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** The port of links for which none is named. */
export const usualPort = 694;
