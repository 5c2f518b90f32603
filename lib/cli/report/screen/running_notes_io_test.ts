import { assertEquals } from "@std/assert";
import { temporaryFolder } from "../../../training/testing/temporary_folder.ts";
import { runningNotes } from "./running_notes.ts";

Deno.test("what files are at is read from notes that are there and whole", async () => {
  await using folder = await temporaryFolder();
  const notes = new URL("report/.evidence/run-1/", folder.url);
  await Deno.mkdir(notes, { recursive: true });
  const note = { claim: "a", claims: 7, statement: "A holds", step: "gpt", at: "2026-01-02" };
  const texts = {
    "01_a_test": JSON.stringify(note),
    "02_b_test": JSON.stringify(note).slice(0, 20),
    "03_c_test": JSON.stringify({ ...note, claims: "many" }),
    "04_d_test": "null",
  };
  for (const [stem, text] of Object.entries(texts)) {
    await Deno.writeTextFile(new URL(`${stem}.running.json`, notes), text);
  }
  const files = [...Object.keys(texts), "05_gone_test"].map((stem) => `spec/${stem}.ts`);
  const read = await runningNotes(folder.url, "run-1", files);
  assertEquals([...read], [["spec/01_a_test.ts", { claims: 7, statement: "A holds" }]]);
});
