import type { Json } from "../../claims/mod.ts";

/** How much of one run's evidence a page shows; `answers.json` has all of it. */
const EVIDENCE_SHOWN = 2_000;

/** How wide a line of evidence gets before a list is broken up. */
const LINE = 76;

/** Evidence as JSON for reading, cut to {@linkcode EVIDENCE_SHOWN} characters with a note. */
export function evidenceText(evidence: Json): string {
  const text = layOut(evidence, "");
  if (text.length <= EVIDENCE_SHOWN) return text;
  return `${text.slice(0, EVIDENCE_SHOWN)}\n… ${text.length - EVIDENCE_SHOWN} more characters: ` +
    "answers.json has all of it";
}

/** Like JSON.stringify with an indent, but what fits on a line stays on one. */
function layOut(value: Json, indent: string): string {
  const flat = JSON.stringify(value);
  if (typeof value !== "object" || value === null || indent.length + flat.length <= LINE) {
    return flat;
  }
  const inner = `${indent}  `;
  if (isList(value)) {
    if (value.every((item) => typeof item !== "object")) return wrap(value, indent);
    return `[\n${value.map((item) => inner + layOut(item, inner)).join(",\n")}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, field]) =>
    `${inner}${JSON.stringify(key)}: ${layOut(field, inner)}`
  );
  return `{\n${fields.join(",\n")}\n${indent}}`;
}

/** A list of plain values, as many on each line as fit. */
function wrap(values: readonly Json[], indent: string): string {
  const lines = [""];
  for (const value of values) {
    const text = `${JSON.stringify(value)}, `;
    if (indent.length + 2 + lines[lines.length - 1].length + text.length > LINE) lines.push("");
    lines[lines.length - 1] += text;
  }
  const body = lines.map((line) => `${indent}  ${line.trimEnd()}`).join("\n");
  return `[\n${body.replace(/,$/, "")}\n${indent}]`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
