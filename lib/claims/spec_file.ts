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
  const root = new URL("../../", import.meta.url).href;
  return specFileAt(decodeURIComponent(url.startsWith(root) ? url.slice(root.length) : url));
}

/** Reads what there is to know from the path of a spec. */
export function specFileAt(path: string): SpecFile {
  const stem = path.split("/").at(-1)!.replace(/\.[^.]*$/, "");
  return { path, stem, number: Number(/^\d*/.exec(stem)![0]) };
}

/** The names of what a spec leaves in the folder of its run: its record, and what it is at. */
export function evidenceFiles(
  { stem }: Pick<SpecFile, "stem">,
): { record: string; running: string } {
  return { record: `${stem}.json`, running: `${stem}.running.json` };
}
