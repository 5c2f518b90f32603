/** The page's style sheet; its colours are those of the charts. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --serif: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body {
  margin: 0 auto; padding: 3.5rem 1.25rem 5rem; max-width: 44rem;
  background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 var(--serif); overflow-wrap: break-word;
}
h1, h2, h3, h4, p, ul, dl, figure, pre { margin: 0; }
h1 { font-size: 2.25rem; line-height: 1.2; font-weight: 600; letter-spacing: -0.01em; }
h2 { font-size: 1.5rem; line-height: 1.3; font-weight: 600; }
h3 { font: 600 0.95rem/1.4 var(--sans); margin: 2.5rem 0 0.75rem; color: var(--quiet); }
h4 { font-size: 1.125rem; line-height: 1.45; font-weight: 600; }
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.16em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem; }
.lead { margin-top: 1rem; font-size: 1.2rem; line-height: 1.5; color: var(--quiet); }
.quiet { color: var(--quiet); }
nav, .reading, .whom { margin-top: 2.75rem; }
nav p, .whom p { margin: 0.5rem 0 1.25rem; }
nav .marks { margin: 1.25rem 0 0; color: var(--quiet); }
article { margin-top: 5rem; padding-top: 2.5rem; border-top: 1px solid var(--rule); }
.ordinal { color: var(--quiet); font-variant-numeric: tabular-nums; margin-right: 0.35em; font-weight: 400; }
.meta, .notes, figcaption, .claim dl, table, details, footer, .reason, .figure-title, .under, .wrong { font-family: var(--sans); font-size: 0.9rem; line-height: 1.5; }
.meta { margin-top: 0.5rem; color: var(--quiet); display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; }
.notes { margin-top: 1rem; padding-left: 1rem; border-left: 3px solid var(--rule); color: var(--quiet); }
.verdict { font-weight: 600; white-space: nowrap; font-family: var(--sans); font-size: 0.9rem; }
.good { color: var(--accent); }
.bad { color: var(--bad); }
.prose { margin-top: 1.5rem; }
h3 + .prose { margin-top: 0; }
.prose > * + * { margin-top: 1em; }
.prose a[href^="#"] { color: inherit; text-decoration-color: var(--accent); text-decoration-style: dotted; font-variant-numeric: tabular-nums; }
.prose a[href^="#"]:hover { color: var(--accent); }
code, pre { font-family: var(--mono); font-size: 0.86em; }
code { background: var(--wash); padding: 0.1em 0.3em; border-radius: 3px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 2.5rem 0; }
.figure-title { font-weight: 600; margin-bottom: 0.75rem; }
figcaption { margin-top: 0.5rem; color: var(--quiet); }
figure details { margin-top: 0.5rem; }
.scroll { overflow-x: auto; }
.chart { display: block; width: 100%; height: auto; font-family: var(--sans); }
.narrow { display: none; }
.chart text { white-space: pre; }
.claim { margin-top: 1.75rem; padding-top: 1.5rem; border-top: 1px solid var(--rule); }
h3 + .claim { margin-top: 0; }
.claim dl { margin-top: 0.75rem; display: grid; grid-template-columns: 5rem 1fr; gap: 0.4rem 0.75rem; }
.claim dt, .reading dt { color: var(--quiet); }
.claim dd, .reading dd { margin: 0; min-width: 0; }
.claim dd strong { font-weight: 600; }
summary { cursor: pointer; color: var(--quiet); padding: 0.2rem 0; }
summary:hover { color: var(--ink); }
.claim > details { margin-top: 0.75rem; }
details details { margin-left: 1rem; }
details .scroll { max-height: 32rem; overflow: auto; }
details[open] > .scroll, details > pre { margin: 0.5rem 0 1rem; }
.under { margin-top: 1rem; }
.reading h2 { display: inline; font: 600 0.95rem/1.4 var(--sans); }
.reading dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.6rem 1.25rem; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: baseline; padding: 0.35rem 1.1rem 0.35rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
thead th { color: var(--quiet); font-size: 0.82rem; white-space: nowrap; }
td.number { white-space: nowrap; }
details thead th { position: sticky; top: 0; background: var(--paper); }
.runs { width: 100%; }
.runs th, .runs td { padding-right: 0.8rem; overflow-wrap: anywhere; white-space: normal; min-width: 4.5rem; }
.runs tbody th, .runs tbody td { font-size: 0.82rem; }
.runs th:first-child { min-width: 9rem; }
.evidence { white-space: pre; }
.models td { min-width: 12rem; }
.models td:last-child { min-width: 0; }
.summary { width: 100%; }
.summary th[scope="row"] { font-family: var(--serif); font-size: 1.05rem; line-height: 1.4; }
.summary td { white-space: nowrap; }
.reason, .evidence, .wrong pre { background: var(--wash); padding: 0.6rem 0.8rem; border-radius: 4px; font-family: var(--mono); font-size: 0.8rem; line-height: 1.5; margin-top: 0.6rem; max-height: 26rem; overflow: auto; }
.reason.bad { border-left: 3px solid var(--bad); color: inherit; }
.wrong, .problems, .sources { padding-left: 1.2rem; }
.wrong { margin-top: 0.75rem; }
.sources li + li, .wrong li + li { margin-top: 0.4rem; }
.banner, article > .problems { margin-top: 1.75rem; padding: 1rem 1.25rem; border: 2px solid var(--bad); border-radius: 6px; font-family: var(--sans); font-size: 0.95rem; }
.banner > p { font-weight: 600; color: var(--bad); margin-bottom: 0.5rem; }
.problems { list-style: "! "; }
.problems pre { font-family: inherit; font-size: inherit; }
footer { margin-top: 5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--quiet); }
@media (max-width: 34rem) {
  body { font-size: 1.05rem; padding-top: 2rem; }
  h1 { font-size: 1.8rem; }
  h2 { font-size: 1.3rem; }
  .claim dl, .reading dl { grid-template-columns: 1fr; gap: 0 0; }
  .claim dd, .reading dd { margin-bottom: 0.6rem; }
  .wide { display: none; }
  .narrow { display: block; }
  .summary thead { display: none; }
  .summary th, .summary td { padding-right: 0.75rem; }
}
@media print { body { max-width: none; } .claim, figure { break-inside: avoid; } }
`;
