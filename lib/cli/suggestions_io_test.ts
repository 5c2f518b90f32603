/** What a page has its readers break: on all models of each claim, as its bench asks them. */
import { assertEquals, assertGreater } from "@std/assert";
import { questionAt } from "../claims/register.ts";
import { stands } from "../claims/verdict.ts";
import { here } from "./place.ts";
import { fileAt } from "./files_in.ts";
import { readSpecFolder } from "./report/spec_folder.ts";

const { root } = here();
const { files } = await readSpecFolder(root);
// Imported, each spec registers its tests: they would be asked here once more.
const { test } = Deno;
Object.assign(Deno, { test: () => {} });
for (const file of files) await import(fileAt(root, file).href);
Object.assign(Deno, { test });

for (const file of files) {
  const { claims, essay: { suggestions } } = questionAt(fileAt(root, file).href)!;
  Deno.test(`what ${file} has readers break does on its bench what it says`, async () => {
    assertGreater(suggestions.length, 1, "there is something to break");
    for (const { sabotage, sabotages, notice, stand } of suggestions) {
      for (const { id, again } of claims) {
        if (![...notice, ...stand].includes(id)) continue;
        const { verdict, reason } = await again(sabotage).record();
        const said = `"${id}" with ${sabotages}, where ${reason}`;
        assertEquals([verdict === "fails", stands(verdict)], [
          notice.includes(id),
          stand.includes(id),
        ], said);
      }
    }
  });
}
