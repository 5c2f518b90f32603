import { assertEquals } from "@std/assert";
import { illustration, ILLUSTRATIONS } from "../testing/illustrations.ts";
import { illustrationTable } from "./illustration_table.ts";

Deno.test("an illustration's table has a line for each mark, after the name of its panel", () => {
  const first = ILLUSTRATIONS.map((kind) => {
    const { head, rows } = illustrationTable(illustration(kind));
    return [head, rows[1], rows.length];
  });
  assertEquals(first, [
    [["panel", "place", "token", "under it", "loss (nats)"], [
      "after training",
      2,
      "was",
      " to",
      1 / 15,
    ], 15],
    [["from", "to", "weight"], ["was (10)", "to (3)", 0.75], 5],
    [["panel", "arrow", "x", "y"], ["kept two", "feature 2", Math.cos(Math.PI / 2), 1], 7],
    [["path", "share of the logit"], ["L1H2", 0.2], 5],
    [["matrix", "row", ..."1 2 3 4 5 6 7 8 9 10 11 12".split(" ")], [
      "W_Q",
      2,
      Math.sin(1),
      Math.cos(2),
      ...Array(10).fill(""),
    ], 26],
  ]);
});

Deno.test("what a sentence lacks has no column", () => {
  const bare = {
    title: "a text",
    caption: "as it is",
    kind: "sentence",
    panels: [{ tokens: ["a", "\n"] }],
  } as const;
  assertEquals(illustrationTable(bare), {
    head: ["place", "token"],
    rows: [[1, "a"], [2, "↵"]],
  });
});
