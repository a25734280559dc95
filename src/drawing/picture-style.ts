/**
 * How a picture looks, in the words of CSS. Every colour is a variable that a page may set; what is told by a colour is
 * told by a mark or a kind of line too.
 */
export const pictureStyle = `
.chart {
  --chart-ink: #1c2430; --chart-dim: #66707f; --chart-line: #9aa4b2; --chart-paper: #ffffff; --chart-group: #f5f7fa;
  --chart-edge: #cfd6df; --chart-way: #1864ab; --chart-passed: #e7f1fb; --chart-now: #1864ab; --chart-now-ink: #ffffff;
  --chart-bad: #b3261e; --chart-bad-paper: #fdeceb;
  font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 13px;
}
@media (prefers-color-scheme: dark) { :root:not([data-mantine-color-scheme="light"]):not([data-theme="light"]) .chart {
  --chart-ink: #e6eaf0; --chart-dim: #9aa5b4; --chart-line: #5d6878; --chart-paper: #1f242c; --chart-group: #191d24;
  --chart-edge: #39424f; --chart-way: #74b4f5; --chart-passed: #1c3450; --chart-now: #74b4f5; --chart-now-ink: #0b1621;
  --chart-bad: #ff8a80; --chart-bad-paper: #3d1f1f;
} }
:root[data-mantine-color-scheme="dark"] .chart, :root[data-theme="dark"] .chart {
  --chart-ink: #e6eaf0; --chart-dim: #9aa5b4; --chart-line: #5d6878; --chart-paper: #1f242c; --chart-group: #191d24;
  --chart-edge: #39424f; --chart-way: #74b4f5; --chart-passed: #1c3450; --chart-now: #74b4f5; --chart-now-ink: #0b1621;
  --chart-bad: #ff8a80; --chart-bad-paper: #3d1f1f;
}
.chart rect { fill: var(--chart-paper); stroke: var(--chart-line); stroke-width: 1; }
.chart .kind-group > rect { fill: var(--chart-group); stroke: var(--chart-edge); }
.chart .kind-group.now > rect { stroke: var(--chart-now); stroke-width: 1.5; }
.chart text { fill: var(--chart-ink); }
.chart .name { text-anchor: middle; }
.chart .kind-group > .name { text-anchor: start; fill: var(--chart-dim); font-weight: 600; font-size: 12px; }
.chart .kind-group.now > .name { fill: var(--chart-now); }
.chart .untouched:not(.kind-group) .name { fill: var(--chart-dim); }
.chart .sign { text-anchor: middle; font-size: 12px; fill: var(--chart-way); }
.chart .inner { fill: none; }
.chart .passed:not(.kind-group) > rect:not(.inner) { fill: var(--chart-passed); stroke: var(--chart-way); }
.chart .failed > rect:not(.inner) { fill: var(--chart-bad-paper); stroke: var(--chart-bad); }
.chart .failed .sign { fill: var(--chart-bad); }
.chart .now:not(.kind-group) > rect:not(.inner) { fill: var(--chart-now); stroke: var(--chart-now); stroke-width: 2; }
.chart .now:not(.kind-group) text { fill: var(--chart-now-ink); font-weight: 600; }
.chart .now.grave:not(.kind-group) > rect:not(.inner) { fill: var(--chart-bad); stroke: var(--chart-bad); }
.chart .now > .inner { stroke: var(--chart-now-ink); }
.chart .grave.untouched > rect { stroke-dasharray: 4 3; }
.chart .way { fill: none; stroke: var(--chart-line); stroke-width: 1.2; }
.chart .head { fill: var(--chart-line); }
.chart .by-failure .way { stroke-dasharray: 5 4; }
.chart .by-time .way { stroke-dasharray: 1.5 3; }
.chart .by-word .way, .chart .by-resumption .way { stroke-dasharray: 8 3 2 3; }
.chart .label { text-anchor: middle; font-size: 10.5px; fill: var(--chart-dim); }
.chart .taken .way { stroke: var(--chart-way); stroke-width: 2.4; }
.chart .taken .head { fill: var(--chart-way); }
.chart .last .way { stroke-width: 3.4; }
.chart .taken .label { fill: var(--chart-ink); }
.chart .beginning { fill: var(--chart-dim); stroke: var(--chart-dim); stroke-width: 1.2; }
.chart .state:focus { outline: none; }
.chart .state:focus-visible > rect:first-of-type { stroke: var(--chart-ink); stroke-width: 3; }
.chart .state.chosen > rect:first-of-type { stroke: var(--chart-ink); stroke-width: 2.5; }
@media print { :root .chart:not(#none) {
  --chart-ink: #000000; --chart-dim: #444444; --chart-line: #888888; --chart-paper: #ffffff; --chart-group: #ffffff;
  --chart-edge: #bbbbbb; --chart-way: #0b4f8a; --chart-passed: #e7f1fb; --chart-now: #0b4f8a; --chart-now-ink: #ffffff;
  --chart-bad: #8c1d18; --chart-bad-paper: #fdeceb;
} .chart * { print-color-adjust: exact; } }
@media (forced-colors: active) { .chart .now > rect { stroke: Highlight; stroke-width: 4; } }
`;
