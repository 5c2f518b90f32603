/** What one test file's tests came to. */
export interface Suite {
  /** As `deno test` names it, without "./". */
  readonly file: string;
  /** Names of the tests, steps left out. */
  readonly tests: readonly string[];
  /** Names of the tests and steps that failed. */
  readonly failed: readonly string[];
}

/**
 * Reads what `deno test --junit-path` wrote. The format is regular enough to be read by its tags:
 * text in it is escaped, so a tag is a tag.
 *
 * @returns Undefined where the file is no JUnit file or was cut short.
 */
export function readJunit(xml: string): Suite[] | undefined {
  if (!/<testsuites\b/.test(xml) || !/<\/testsuites>\s*$/.test(xml)) return undefined;
  return [...xml.matchAll(/<testsuite ([^>]*)>([\s\S]*?)<\/testsuite>/g)]
    .map(([, attributes, body]) => readSuite(attributes, body));
}

function readSuite(attributes: string, body: string): Suite {
  const cases = [...body.matchAll(/<testcase ([^>]*)>([\s\S]*?)<\/testcase>/g)]
    .map(([, attributes, body]) => ({ name: nameIn(attributes), body }));
  const names = cases.map(({ name }) => name);
  return {
    file: nameIn(attributes).replace(/^\.\//, ""),
    tests: names.filter((name, i) => !isStep(name, names.slice(0, i))),
    failed: cases.flatMap(({ name, body }) => /<(failure|error)\b/.test(body) ? [name] : []),
  };
}

/** Steps follow the tests, under names of the form "test > step". */
function isStep(name: string, before: readonly string[]): boolean {
  return before.some((test) => name.startsWith(`${test} > `));
}

function nameIn(attributes: string): string {
  return unescapeXml(/(?:^|\s)name="([^"]*)"/.exec(attributes)?.[1] ?? "");
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(
    /&(?:(lt|gt|quot|apos|amp)|#(\d+)|#x([\da-f]+));/gi,
    (_, name, decimal, hex) =>
      named[name] ?? String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16)),
  );
}
