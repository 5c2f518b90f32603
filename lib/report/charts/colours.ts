/** Colours of the page and its charts by name: on light paper and on dark. */
const COLOURS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  paper: ["#fdfcfa", "#17191c"],
  ink: ["#23262a", "#dfe1e3"],
  quiet: ["#5c6167", "#a2a8ae"],
  rule: ["#dcd9d3", "#373b40"],
  wash: ["#f5f3ee", "#1f2226"],
  accent: ["#1d5c8f", "#82b8e6"],
  bad: ["#a5281b", "#f2978a"],
  c1: ["#1d5c8f", "#82b8e6"],
  c2: ["#b65708", "#f0a862"],
  c3: ["#2a7748", "#7cc99a"],
  c4: ["#94387a", "#e295c8"],
  c5: ["#6a5f52", "#bdb3a5"],
  c6: ["#0b7787", "#69cad7"],
};

/** The custom properties that charts refer to, for either scheme of the reader's system. */
export function colourProperties(selector: string): string {
  const rule = (scheme: 0 | 1) =>
    `${selector} { ${
      Object.entries(COLOURS).map(([name, pair]) => `--${name}: ${pair[scheme]};`).join(" ")
    } }`;
  return `${rule(0)}\n@media (prefers-color-scheme: dark) { ${rule(1)} }`;
}

/** A colour on light paper, for what no page's properties reach. */
export function lightColour(name: string): string {
  return COLOURS[name][0];
}

/** The colour of the nth series; a chart has no more series than there are colours. */
export function seriesColour(n: number): string {
  return `var(--c${n + 1})`;
}
