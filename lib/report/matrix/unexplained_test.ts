import { assertEquals } from "@std/assert";
import { claim, row, sampleMatrix } from "./testing/sample_matrix.ts";
import { unexplained } from "./unexplained.ts";

const NOTHING = { survivors: {}, claims: {} };

Deno.test("a matrix in which all is noticed and believed has nothing unexplained", () => {
  assertEquals(unexplained(sampleMatrix(), NOTHING), []);
});

Deno.test("whatever is otherwise is said, unless it is explained", () => {
  const crashed = [{ claim: "01/first", on: "tiny", why: "it threw" }];
  const matrix = sampleMatrix({
    claims: [
      claim("01/first", { red: "off by 1" }),
      claim("01/second", { names: ["unseen"] }),
    ],
    sabotages: [row("unseen", [], { survived: ["01/second"], crashed })],
  });
  assertEquals(unexplained(matrix, NOTHING), [
    "01/first is not green on sound models: off by 1",
    'no claim notices "unseen"',
    '01/first crashes under "unseen" on tiny: it threw',
    '01/second names "unseen" and does not notice it',
    "01/second notices nothing",
  ]);
  const explained = { survivors: { unseen: "alike" }, claims: { "01/second": "of weights" } };
  assertEquals(unexplained(matrix, explained).length, 2, "what is red, and what crashes");
});

Deno.test("in a part of the catalogue a claim need not notice anything", () => {
  const part = sampleMatrix({ complete: false, sabotages: sampleMatrix().sabotages.slice(0, 1) });
  assertEquals(unexplained(part, NOTHING), []);
});
