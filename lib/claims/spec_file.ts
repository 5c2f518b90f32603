/** The project's folder, two above this one. */
const ROOT = new URL("../../", import.meta.url).href;

/** A spec file by what its URL says. */
export interface SpecFile {
  /** From the project's root, such as "spec/10_mlp_test.ts"; elsewhere the whole URL. */
  readonly path: string;
  /** The name without its folder and ending, such as "10_mlp_test". */
  readonly stem: string;
  /** The number that the name begins with; 0 where there is none. */
  readonly number: number;
  /** The number as fragments of links have it, such as "01". */
  readonly prefix: string;
}

/** Reads what there is to know from the URL of a spec. */
export function specFile(url: string): SpecFile {
  return specFileAt(decodeURI(url.startsWith(ROOT) ? url.slice(ROOT.length) : url));
}

/** Reads what there is to know from the path of a spec. */
export function specFileAt(path: string): SpecFile {
  const stem = path.split("/").at(-1)!.replace(/\.[^.]*$/, "");
  const number = Number(/^\d*/.exec(stem)![0]);
  return { path, stem, number, prefix: String(number).padStart(2, "0") };
}
