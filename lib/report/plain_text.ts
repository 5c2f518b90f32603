/** Codes that colour a terminal's text, move its cursor or set its title. */
// deno-lint-ignore no-control-regex
const ESCAPE_CODE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;

/** Control characters other than tabs and line breaks. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f]/g;

/**
 * Plain data whose texts can be shown anywhere: escape codes are taken out, other control characters
 * and halves of characters are replaced by signs for them, lines end as they do here.
 */
export function harmless<T>(value: T): T;
export function harmless(value: unknown): unknown {
  if (typeof value === "string") return plainText(value);
  if (Array.isArray(value)) return value.map((item) => harmless(item));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [plainText(name), harmless(field)]);
  return Object.fromEntries(fields);
}

function plainText(text: string): string {
  return text
    .replace(ESCAPE_CODE, "")
    .replace(/\r\n?/g, "\n")
    .replace(CONTROL, signOf)
    .toWellFormed();
}

/** "␛" for the escape character, and so on; the later block of controls has no signs. */
function signOf(control: string): string {
  const code = control.codePointAt(0)!;
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? "␡" : "\ufffd";
}

/** A text on one line, each stretch of blanks and line breaks being one blank. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
