import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { EVIDENCE_SHOWN, evidenceText } from "./evidence_text.ts";

Deno.test("small evidence stays on one line", () => {
  assertEquals(evidenceText({ others: 0, self: [1, 2] }), '{"others":0,"self":[1,2]}', "as JSON");
});

Deno.test("larger evidence is broken into lines of readable width that are the same JSON", () => {
  const evidence = {
    name: "gpt",
    loss: Array.from({ length: 100 }, (_, i) => i / 10),
    deep: { a: [[1, 2], [3]] },
  };
  const text = evidenceText(evidence);
  assertEquals(JSON.parse(text), evidence, "nothing is lost");
  assert(text.split("\n").every((line) => line.length <= 100), `no line is long: ${text}`);
});

Deno.test("huge evidence is cut with a note of where the rest is", () => {
  const text = evidenceText(Array.from({ length: 10_000 }, (_, i) => i));
  assert(text.length < EVIDENCE_SHOWN + 100, `${text.length} characters are shown`);
  assertStringIncludes(text, "answers.json has all of it");
});
