import { assertEquals, assertRejects } from "@std/assert";
import { renderFiles } from "../../../report/mod.ts";
import * as sample from "../../../report/testing/sample.ts";
import { temporaryFolder } from "../../../training/testing/temporary_folder.ts";
import { readAnswers } from "./answers_file.ts";

const SOUND = renderFiles(sample.document()).get("answers.json")!;

Deno.test("an answers.json is read as it was written", async () => {
  await using folder = await temporaryFolder();
  await Deno.writeTextFile(new URL("old.json", folder.url), SOUND);
  assertEquals<unknown>(await readAnswers(folder.url, "old.json"), JSON.parse(SOUND));
});

Deno.test("one that is cut short, made by hand or about something else is refused, and says why", async () => {
  await using folder = await temporaryFolder();
  const cases: [string, string][] = [
    ["", "it is not JSON and may have been cut short: it is empty"],
    [SOUND.slice(0, 500), "it is not JSON and may have been cut short: "],
    ['{"a":['.repeat(2000) + "]}".repeat(2000), "more than 100 things are inside one another"],
    ['{"version": 2, "\\u001b[2J": []}', "it is no answers.json: tool is missing; "],
    [SOUND.replace('"verdict": "holds"', '"verdict": "\\u001b[2Jholds"'), "must be one of holds"],
    [
      SOUND.replaceAll('"verdict": "holds"', '"verdict": "fails"'),
      "it contradicts itself: of spec/10_mlp",
    ],
  ];
  for (const [text, message] of cases) {
    await Deno.writeTextFile(new URL("old.json", folder.url), text);
    const error = await assertRejects(() => readAnswers(folder.url, "old.json"), Error, message);
    assertEquals(error.message.includes("\x1b"), false, "nothing in it reaches the terminal");
  }
  await assertRejects(() => readAnswers(folder.url, "gone.json"), Error, "there is no such file");
});
