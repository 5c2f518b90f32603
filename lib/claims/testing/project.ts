/** A project of its own for tests that run specs, and a spec for it. Not exported. */

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

/**
 * Runs with a copy of parts of this project, less their tests, in a temporary folder that also has
 * empty folders for specs and a report.
 */
export async function inProject<T>(
  parts: readonly string[],
  body: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "a project (copy), '[ü] #1 %20 " });
  try {
    for (const part of parts) await copy(part, folder);
    for (const empty of ["spec", "report"]) await Deno.mkdir(`${folder}/${empty}`);
    return await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copy(path: string, to: string): Promise<void> {
  const from = new URL(path, ROOT);
  if (!(await Deno.stat(from)).isDirectory) return await Deno.copyFile(from, `${to}/${path}`);
  await Deno.mkdir(`${to}/${path}`, { recursive: true });
  for await (const { name } of Deno.readDir(from)) {
    if (!name.endsWith("_test.ts")) await copy(`${path}/${name}`, to);
  }
}
