import { assertEquals, assertRejects } from "@std/assert";
import { clearEvidence, writeReport } from "./folder.ts";
import { temporaryFolder } from "../../training/testing/temporary_folder.ts";

const FILES = new Map([
  ["figures/a.svg", "<svg/>"],
  ["answers.schema.json", "{}"],
  ["answers.json", "new json"],
  ["answers.md", "new md"],
  ["10-mlps.html", "new answer"],
  ["index.html", "new html"],
]);

/** What every report has; and with a question's page. */
const NEEDED = ["answers.json", "answers.md", "answers.schema.json", "index.html"];
const FOLDERS = ["figures", "live", "previews"];
const PARTS = ["10-mlps.html", ...NEEDED, ...FOLDERS].sort();

Deno.test("a report is put in place whole, over an earlier one", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  await clearEvidence(folder);
  await writeReport(
    folder,
    new Map([...FILES, ["figures/old.svg", "old"], ["09-old.html", "old"]]),
  );
  await writeReport(folder, FILES);
  assertEquals(await place.names("report/"), [".evidence", ...PARTS], "and nothing else");
  assertEquals(await place.names("report/figures/"), ["a.svg"], "old pictures are gone");
  assertEquals(await Deno.readTextFile(new URL("answers.md", folder)), "new md", "its text");
});

/** What is in the files of a report. */
async function texts(folder: URL): Promise<Map<string, string>> {
  const read = async (path: string) =>
    [path, await Deno.readTextFile(new URL(path, folder))] as const;
  return new Map(await Promise.all([...FILES.keys()].map(read)));
}

Deno.test("clearing takes away evidence and drafts, and leaves a report and other files", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  await clearEvidence(folder);
  await writeReport(folder, FILES);
  await Deno.mkdir(new URL(".evidence/old-run/", folder));
  await Deno.mkdir(new URL(".draft-1/", folder));
  await Deno.writeTextFile(new URL("notes.txt", folder), "mine");
  await clearEvidence(folder);
  assertEquals(await place.names("report/"), [".evidence", ...PARTS, "notes.txt"].sort());
  assertEquals(await place.names("report/.evidence/"), [], "no evidence");
  assertEquals(await texts(folder), FILES, "the report is as it was");
});

Deno.test("a report that cannot be written, or of which a part is missing, leaves an earlier one whole", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  await clearEvidence(folder);
  await writeReport(folder, FILES);
  const changed = [...FILES].map(([name, text]) => [name, `${text}, but newer`] as const);
  const wrong = [
    [...changed, ["no/such/folder.txt", ""] as const],
    ...NEEDED.map((part) => changed.filter(([name]) => name !== part)),
  ];
  for (const files of wrong) {
    await assertRejects(() => writeReport(folder, new Map(files)), Deno.errors.NotFound);
    assertEquals(await texts(folder), FILES, "the earlier one");
    assertEquals(await place.names("report/"), [".evidence", ...PARTS], "and no draft");
  }
});

Deno.test("a report that cannot be written where there was none leaves nothing", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  await clearEvidence(folder);
  const fewer = new Map([...FILES].filter(([name]) => name !== "index.html"));
  await assertRejects(() => writeReport(folder, fewer), Deno.errors.NotFound);
  assertEquals(await place.names("report/"), [".evidence"]);
});

Deno.test("a process that is killed at any moment leaves one of the two reports, whole", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  const versions = [1, 2].map((version) =>
    [...FILES].map(([name, text]) => [name, `${text} ${version}`.repeat(50)] as const)
  );
  await clearEvidence(folder);
  await writeReport(folder, versions[0]);
  const script = new URL("exchange.ts", place.url);
  await Deno.writeTextFile(
    script,
    `import { writeReport } from ${JSON.stringify(new URL("folder.ts", import.meta.url).href)};
    const versions = ${JSON.stringify(versions)};
    console.log("begun");
    for (let i = 1;; i++) await writeReport(new URL(${
      JSON.stringify(folder.href)
    }), versions[i % 2]);`,
  );
  const found = new Set<string>();
  for (let kill = 0; kill < 100; kill++) {
    await killWhile(script, (kill * 37) % 41); // milliseconds, in no order
    await clearEvidence(folder);
    const now = [...await texts(folder)].map(([, text]) => text);
    const whole = versions.map((files) => `${files.map(([, text]) => text)}`).indexOf(`${now}`);
    assertEquals([whole >= 0, await place.names("report/")], [true, [".evidence", ...PARTS]]);
    found.add(`${whole}`);
  }
  assertEquals(found.size, 2, "both were seen");
});

/** Starts a script and kills it so many milliseconds after it has begun its work. */
async function killWhile(script: URL, milliseconds: number): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--no-config",
      "--no-lock",
      "--allow-read",
      "--allow-write",
      script.href,
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await new Promise((go) => setTimeout(go, milliseconds));
  child.kill("SIGKILL");
  await Promise.all([reader.cancel(), child.status]);
}
