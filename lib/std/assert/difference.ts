import { diffArrays } from "diff";

/** A value as messages show it: as Deno prints it, or as text where there is no Deno. */
export function print(value: unknown): string {
  const inspect = (globalThis as { Deno?: typeof Deno }).Deno?.inspect;
  return inspect?.(value, {
    compact: false,
    depth: Infinity,
    getters: true,
    iterableLimit: Infinity,
    sorted: true,
    strAbbreviateSize: Infinity,
    trailingComma: true,
  }) ?? `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`;
}

/** The lines of two values: those of the first alone after "-", those of the second after "+". */
export function difference(actual: unknown, expected: unknown): string {
  const texts = typeof actual === "string" && typeof expected === "string";
  const [before, after] = [actual, expected].map((value) =>
    (texts ? escape(value as string) : print(value)).split("\n")
  );
  const lines = diffArrays(before, after).flatMap(({ value, removed, added }) =>
    value.map((line) => `${removed ? "-" : added ? "+" : " "}   ${line}`)
  );
  return ["", "", "", "    [Diff] Actual / Expected", "", "", ...lines, ""].join("\n");
}

const ESCAPES = [["\\", "\\\\"], ["\t", "\\t"], ["\r", "\\r"], ["\n", "\\n\n"]] as const;

/** A text with what cannot be seen written out; it keeps its lines. */
function escape(text: string): string {
  return ESCAPES.reduce((escaped, [plain, shown]) => escaped.replaceAll(plain, shown), text);
}
