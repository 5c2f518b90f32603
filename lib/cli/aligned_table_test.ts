import { assertEquals } from "@std/assert";
import { alignedTable } from "./aligned_table.ts";

Deno.test("columns are as wide as their widest cell, numbers to the right", () => {
  assertEquals(
    alignedTable(["model", "MB"], [["gpt", "3.75"], ["learned", "0.67"]], [1]).split("\n"),
    [
      "| model   |   MB |",
      "| ------- | ---: |",
      "| gpt     | 3.75 |",
      "| learned | 0.67 |",
    ],
  );
});

Deno.test("a column has room for the rule under its head", () => {
  assertEquals(
    alignedTable(["a", "b"], [["1", "2"]], [1]).split("\n"),
    ["| a   |   b |", "| --- | --: |", "| 1   |   2 |"],
  );
});
