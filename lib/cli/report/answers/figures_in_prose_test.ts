import { assertEquals } from "@std/assert";
import * as sample from "../../../report/testing/sample.ts";
import { changedFigures, figuresInProse } from "./figures_in_prose.ts";

Deno.test("figures are found by their claim, and no reference or term is one", () => {
  const text = "It moved [0](#10-local) and [0.5 nats](#10-far) [a](#10-local) a [term](#term-b2).";
  const question = sample.question({
    parts: sample.answered(text),
    wouldChange: "[0.7](#10-far), [1](https://example.org/10-far)",
  });
  assertEquals([...figuresInProse(question)], [["local", ["0"]], ["far", ["0.5 nats", "0.7"]]]);
});

Deno.test("figures are compared as they are shown", () => {
  assertEquals(changedFigures(["0.5", "3"], ["0.5", "4"]), ["3 → 4"]);
  assertEquals(changedFigures(["0.5", "3"], ["3", "0.5", "7"]), ["nothing → 7"], "other prose");
  assertEquals(changedFigures(["0.5", "3"], []), ["0.5, 3 → nothing"]);
  assertEquals(changedFigures(["3"], ["3", "3"]), [], "said twice, and the same");
});
