import { assertEquals } from "@std/assert";
import { cellOf, isTrusted, matrixInWords } from "./matrix.ts";
import { claim, row, sampleMatrix } from "./testing/sample_matrix.ts";

Deno.test("a cell is what came of a claim", () => {
  const [first, second] = sampleMatrix().sabotages;
  const ids = ["01/first", "01/second", "10/third"];
  assertEquals(ids.map((id) => cellOf(first, id)), ["noticed", "unasked", "survived"]);
  assertEquals(ids.map((id) => cellOf(second, id)), ["crashed", "noticed", "noticed"]);
});

Deno.test("a claim is trusted that is green on sound models and notices something", () => {
  const rows = [row("no-mask", ["01/first"], { survived: ["10/third"] })];
  assertEquals(isTrusted(claim("01/first"), rows), true);
  assertEquals(isTrusted(claim("10/third"), rows), false, "it notices nothing");
  assertEquals(isTrusted(claim("01/first", { red: "off by 1" }), rows), false, "it is red");
});

Deno.test("the summary counts the claims that were asked at all", () => {
  assertEquals(matrixInWords(sampleMatrix()), "2 sabotages, 2 noticed; 3 claims, 3 trusted");
  const sabotages = [row("no-mask", [], { survived: ["01/first"] })];
  const words = matrixInWords(sampleMatrix({ sabotages }));
  assertEquals(words, "1 sabotages, 0 noticed; 1 claims, 0 trusted");
});
