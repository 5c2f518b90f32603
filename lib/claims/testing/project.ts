/** A project of its own for tests that run specs, and a spec for it. Not exported. */
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../training/testing/temporary_folder.ts";

const ROOT = new URL("../../../", import.meta.url);

/** A spec whose claims stand, one of them a wrong belief; tests spoil it. */
export const SOUND_SPEC = `
import { question } from "../lib/claims/mod.ts";
import { dots } from "../lib/claims/pictures/mod.ts";
import { line, lift, lines } from "../lib/claims/testing/toy.ts";
import { assertEquals } from "@std/assert";

question("Do lines go through zero?", {
  notes: "open",
  standing: "answered here",
}, ({ claim, refuted, short, say, wouldChange }) => {
  short\`They do.\`;
  const through = claim("a line goes through zero", {
    id: "through-zero",
    kind: "identity",
    on: [line("one"), lines()],
    measure: ({ bias }) => ({ at: bias }),
    check: ({ at }) => assertEquals(at, 0, "it must be zero at zero"),
    mustFailOn: { "a lifted line": lift },
    show: dots({
      title: "Heights at zero",
      caption: "Sound lines lie at zero.",
      x: { label: "line", of: "model" },
      y: { label: "height", of: "at" },
      series: () => "lines",
    }),
  });
  const misses = refuted("a line misses zero", {
    id: "misses-zero",
    kind: "construction",
    on: [line("one")],
    measure: ({ bias }) => ({ at: bias }),
    check: ({ at }) => assertEquals(at, 1, "it must be one at zero"),
    mustHoldOn: { "a lifted line": lift },
  });
  say\`They do: at zero they are \${through.max("at")}, and do not miss it \${misses}.\`;
  wouldChange\`A line that misses it.\`;
});
`;

/** The same with something else done in its first measure. */
export function measuring(what: string): string {
  return SOUND_SPEC.replace("({ at: bias }),", `{ ${what}; return { at: bias }; },`);
}

/** Runs with a copy of parts of this project in a temporary folder, less the files that are not to be. */
export async function inCopy<T>(
  parts: readonly string[],
  body: (folder: string) => Promise<T>,
  filter = (_file: string) => true,
): Promise<T> {
  await using folder = await temporaryFolder();
  for (const part of parts) {
    await cp(new URL(part, ROOT), new URL(part, folder.url), { recursive: true, filter });
  }
  return await body(fileURLToPath(folder.url));
}

/** Runs with parts of this project, less their tests, beside empty folders for specs and a report. */
export function inProject<T>(
  parts: readonly string[],
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const emptied = async (folder: string) => {
    for (const empty of ["spec", "report"]) await Deno.mkdir(`${folder}${empty}`);
    return await body(folder);
  };
  return inCopy(parts, emptied, (file) => !file.endsWith("_test.ts"));
}
