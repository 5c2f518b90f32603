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
  return [...xml.matchAll(/<testsuite (?<attributes>[^>]*)>(?<body>[\s\S]*?)<\/testsuite>/g)]
    .map(({ groups }) => readSuite(groups!.attributes, groups!.body));
}

function readSuite(attributes: string, body: string): Suite {
  const cases = [...body.matchAll(/<testcase (?<attributes>[^>]*)>(?<body>[\s\S]*?)<\/testcase>/g)];
  const names = cases.map(({ groups }) => attribute(groups!.attributes, "name"));
  return {
    file: attribute(attributes, "name").replace(/^\.\//, ""),
    tests: names.filter((name, i) => !isStep(name, names.slice(0, i))),
    failed: cases
      .filter(({ groups }) => /<(failure|error)\b/.test(groups!.body))
      .map(({ groups }) => attribute(groups!.attributes, "name")),
  };
}

/** Steps follow the tests, under names of the form "test > step". */
function isStep(name: string, before: readonly string[]): boolean {
  return before.some((test) => name.startsWith(`${test} > `));
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes);
  return unescapeXml(found?.[1] ?? "");
}

function unescapeXml(text: string): string {
  const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(
    /&(?:(lt|gt|quot|apos|amp)|#(\d+)|#x([\da-f]+));/gi,
    (_, name, dec, hex) =>
      name
        ? entities[name.toLowerCase()]
        : String.fromCodePoint(parseInt(dec ?? hex, dec ? 10 : 16)),
  );
}
