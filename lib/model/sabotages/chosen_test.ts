import { assertEquals } from "@std/assert";
import { readChosen, writeChosen } from "./chosen.ts";

Deno.test("a choice is a line, and read back from it", () => {
  const choices = [
    ["leaky-mlp", { id: "leaky-mlp" }],
    ["leaky-mlp:0.5", { id: "leaky-mlp", strength: 0.5 }],
    ["one-head@1.3", { id: "one-head", head: [1, 3] }],
  ] as const;
  for (const [line, chosen] of choices) {
    assertEquals(readChosen(line), chosen);
    assertEquals(writeChosen(chosen), line);
  }
});

Deno.test("what is no strength is left out, and what is no choice is a name that nothing has", () => {
  assertEquals(readChosen("leaky-mlp:much"), { id: "leaky-mlp" });
  assertEquals(readChosen("a@b"), { id: "a@b" });
});
