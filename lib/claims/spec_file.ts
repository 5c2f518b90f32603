/** A spec file by what its URL or path says. */
export interface SpecFile {
  /** From the project's root, such as "spec/10_mlp_test.ts"; elsewhere the whole URL. */
  readonly path: string;
  /** The name without its folder and ending, such as "10_mlp_test". */
  readonly stem: string;
  /** The number that the name begins with; 0 where there is none. */
  readonly number: number;
}

/** Reads what there is to know from the URL of a spec. */
export function specFile(url: string): SpecFile {
  const root = URL.parse("../../", import.meta.url)?.href ?? ""; // a bundle has no address
  return specFileAt(decodeURIComponent(url.startsWith(root) ? url.slice(root.length) : url));
}

/** Reads what there is to know from the path of a spec. */
export function specFileAt(path: string): SpecFile {
  const stem = path.split("/").at(-1)!.replace(/\.[^.]*$/, "");
  return { path, stem, number: Number(/^\d*/.exec(stem)![0]) };
}

/** What is wrong with the name of a spec file, from the project's root, if anything is. */
export function nameProblem(path: string): string | undefined {
  if (/^spec\/(0[1-9]|[1-9]\d+)_[\w-]+_test\.ts$/.test(path)) return undefined;
  return `A spec file's name must be its number, its subject and "test", such as ` +
    `spec/05_width_test.ts or spec/100_width_test.ts, got ${path}`;
}

/** The names of what a spec leaves in the folder of its run: its record, and what it is at. */
export function evidenceFiles(
  { stem }: Pick<SpecFile, "stem">,
): { record: string; running: string } {
  return { record: `${stem}.json`, running: `${stem}.running.json` };
}
