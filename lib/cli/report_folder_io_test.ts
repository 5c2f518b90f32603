import { assert, assertEquals, assertRejects } from "@std/assert";
import { clearReport, writeReport } from "./report_folder.ts";

const FILES = new Map([
  ["figures/a.svg", "<svg/>"],
  ["answers.schema.json", "{}"],
  ["answers.json", "new json"],
  ["answers.md", "new md"],
  ["index.html", "new html"],
]);

/** Runs with a folder of a report in a temporary place. */
async function withFolder(body: (folder: URL) => Promise<void>): Promise<void> {
  const place = await Deno.makeTempDir();
  try {
    await body(new URL(`file://${place}/report/`));
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

async function names(folder: URL): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) found.push(name);
  return found.sort();
}

const PARTS = ["answers.json", "answers.md", "answers.schema.json", "figures", "index.html"];

Deno.test("a report is put in place whole, over an earlier one", () =>
  withFolder(async (folder) => {
    await clearReport(folder);
    await writeReport(folder, new Map([...FILES, ["figures/old.svg", "old"]]));
    await writeReport(folder, FILES);
    assertEquals(await names(folder), [".evidence", ...PARTS], "and nothing else");
    assertEquals(await names(new URL("figures/", folder)), ["a.svg"], "old pictures are gone");
    assertEquals(await Deno.readTextFile(new URL("answers.md", folder)), "new md", "its text");
  }));

Deno.test("clearing takes away an earlier report with its evidence, and leaves other files", () =>
  withFolder(async (folder) => {
    await clearReport(folder);
    await writeReport(folder, FILES);
    await Deno.mkdir(new URL(".evidence/old-run/", folder));
    await Deno.mkdir(new URL(".draft-1/", folder));
    await Deno.writeTextFile(new URL("notes.txt", folder), "mine");
    await clearReport(folder);
    assertEquals(await names(folder), [".evidence", "notes.txt"], "what is left");
    assertEquals(await names(new URL(".evidence/", folder)), [], "no evidence");
  }));

Deno.test("a report that cannot be written leaves neither itself nor an earlier one", () =>
  withFolder(async (folder) => {
    await clearReport(folder);
    await writeReport(folder, FILES);
    const impossible = new Map([...FILES, ["no/such/folder.txt", ""]]);
    await assertRejects(() => writeReport(folder, impossible), Deno.errors.NotFound);
    assertEquals(await names(folder), [".evidence"], "no report and no draft");
  }));

Deno.test("a report of which a part is missing leaves nothing that looks whole", () =>
  withFolder(async (folder) => {
    await clearReport(folder);
    await writeReport(folder, FILES);
    const fewer = new Map([...FILES].filter(([name]) => name !== "answers.md"));
    await assertRejects(() => writeReport(folder, fewer), Deno.errors.NotFound);
    assert(!(await names(folder)).includes("index.html"), "the page is not there");
  }));
