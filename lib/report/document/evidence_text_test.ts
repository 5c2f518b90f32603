import { assert, assertEquals } from "@std/assert";
import { evidenceText } from "./evidence_text.ts";

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
