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
 * takes a value and was given none is "", the last of several wins, and what looks like a number is
 * one, unless it is the value of such an option or stands after `--`.
 */
export function parseArgs<B extends string = never, S extends string = never>(
  args: string[],
  { boolean = [], string = [] }: ParseOptions<B, S> = {},
): Parsed<B, S> {
  const flags = new Set<string>(boolean);
  const texts = new Set<string>(string);
  const parsed: Record<string, unknown> = Object.fromEntries(boolean.map((name) => [name, false]));
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const rest: (string | number)[] = [];
  for (let i = 0; i < end; i++) {
    const [, name, given] = args[i].match(/^--?([^=]+)(?:=(.*))?$/s) ?? [];
    if (name === undefined) {
      rest.push(asNumber(args[i]));
      continue;
    }
    const next = i + 1 < end ? args[i + 1] : "";
    const follows = given === undefined &&
      (flags.has(name) ? /^(true|false)$/ : /^[^-]/).test(next);
    const value = follows ? args[++i] : given;
    if (flags.has(name)) parsed[name] = value !== "false";
    else parsed[name] = texts.has(name) ? value ?? "" : value === undefined || asNumber(value);
  }
  return { ...parsed, _: [...rest, ...args.slice(end + 1)] } as Parsed<B, S>;
}

function asNumber(text: string): string | number {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$|^0x[\da-f]+$/i.test(text) ? Number(text) : text;
}
