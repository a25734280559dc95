/** How an incident looks on paper, on a wide screen and on a phone, by day and by night. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f6f7f9; --panel: #fff; --line: #dde1e6; --ink: #1b2129; --quiet: #59636f;
  --good: #1d7a46; --bad: #b3261e; --warn: #8a5a00; --mark: #1864ab; --mark-soft: #e7f1fb; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --panel: #1b1f25; --line: #2e353e; --ink: #e4e8ed; --quiet: #a2adb9;
  --good: #6bd096; --bad: #ff9a90; --warn: #f0c063; --mark: #74b4f5; --mark-soft: #1c3450; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 24px 20px 64px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 24px; line-height: 1.25; margin: 4px 0 12px; } h2 { font-size: 17px; margin: 28px 0 8px; } h3 { font-size: 14px; margin: 14px 0 6px; }
p { margin: 0 0 6px; } .quiet { color: var(--quiet); } .mono, pre, code, .time { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 13px; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 14px 16px; }
.lead { font-size: 16px; } .outcome { font-weight: 650; } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0 0; } dt { color: var(--quiet); } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--quiet); font-size: 13px; } tr:last-child td { border-bottom: 0; }
.time { white-space: nowrap; color: var(--quiet); text-align: right; width: 1%; } .by { color: var(--quiet); white-space: nowrap; width: 1%; font-size: 13px; }
tr.here td { background: var(--mark-soft); } tr.here td:first-child { box-shadow: inset 3px 0 var(--mark); } tr.later { opacity: .38; }
.slider { position: sticky; top: 0; z-index: 2; margin: 12px 0; display: none; } .slider.on { display: block; } .slider input { width: 100%; margin: 6px 0; accent-color: var(--mark); }
.slider p { min-height: 1.5em; margin: 0; } .chart-box { overflow-x: auto; } .chart { max-width: 100%; height: auto; min-width: 560px; display: block; }
pre { margin: 6px 0 0; padding: 8px 10px; background: var(--page); border: 1px solid var(--line); border-radius: 4px; white-space: pre-wrap; max-height: 420px; overflow: auto; }
details { margin: 0 0 8px; } summary { cursor: pointer; padding: 4px 0; } .legend { font-size: 13px; color: var(--quiet); margin-top: 8px; } .scroll { overflow-x: auto; }
a { color: var(--mark); } :focus-visible { outline: 2px solid var(--mark); outline-offset: 1px; }
@media (max-width: 560px) { body { padding: 14px 12px 40px; font-size: 14px; } h1 { font-size: 20px; } .by { display: none; } dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; } }
@media print { :root { color-scheme: light; --page: #fff; --panel: #fff; --line: #ccc; --ink: #000; --quiet: #444; --good: #14532d; --bad: #8c1d18; --mark: #0b4f8a; --mark-soft: #fff; }
  body { max-width: none; padding: 0; font-size: 11px; } .slider { display: none !important; } tr.later { opacity: 1; } tr, .chart { break-inside: avoid; }
  .chart { min-width: 0; max-height: 23cm; } pre { max-height: none; } h2 { break-after: avoid; } .panel { border: 0; padding: 0; } }
`;
