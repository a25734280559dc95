import type { Chart } from './chart.ts';

/** A chart with the place of everything, in pixels from its upper left corner. */
export interface Drawing {
  readonly chart: Chart;
  readonly width: number;
  readonly height: number;
  readonly boxes: Readonly<Record<string, Box>>;
  readonly lines: readonly Line[];
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The way of one arrow, or of several that share it, by its corners; and where its words stand, null where it has none. */
export interface Line {
  /** Their ids. */
  readonly arrows: readonly string[];
  readonly points: readonly Point[];
  readonly label: (Box & { readonly text: string }) | null;
}

/** A machine of this build, drawn. */
export interface DrawnMachine {
  readonly name: string;
  /** Tells one version of it from another. */
  readonly digest: string;
  readonly drawing: Drawing;
}
