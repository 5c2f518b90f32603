import { parseArgs as parseNode } from "node:util";

/** Which options there are and what they hold. */
export interface ParseOptions<B extends string, S extends string> {
  /** Options that are on or off. */
  readonly boolean?: readonly B[];
  /** Options that take a value. */
  readonly string?: readonly S[];
}

/** What was given: the options by name, everything else under `_`. */
export type Parsed<B extends string, S extends string> =
  & { _: (string | number)[] }
  & { [name in B]: boolean }
  & { [name in S]?: string };

/**
 * Reads `--name=value`, `--name value` and `--flag` as `@std/cli/parse-args` does. An option that
 * takes a value and was given none is "", the last of several wins, and what is positional and looks
 * like a number is one.
 */
export function parseArgs<B extends string = never, S extends string = never>(
  args: string[],
  { boolean = [], string = [] }: ParseOptions<B, S> = {},
): Parsed<B, S> {
  const options = Object.fromEntries([
    ...boolean.map((name) => [name, { type: "boolean" as const }]),
    ...string.map((name) => [name, { type: "string" as const }]),
  ]);
  const { values, positionals } = parseNode({ args, options, strict: false });
  const given = { ...values };
  for (const name of boolean) given[name] ??= false;
  for (const name of string) if (given[name] === true) given[name] = "";
  return { ...given, _: positionals.map(asNumber) } as unknown as Parsed<B, S>;
}

function asNumber(text: string): string | number {
  return /^[-+]?\d+(\.\d*)?$/.test(text) ? Number(text) : text;
}
