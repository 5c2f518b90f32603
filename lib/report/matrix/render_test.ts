import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DOMParser } from "linkedom";
import { renderMatrix } from "./render.ts";
import { matrixViolations } from "./schema.ts";
import { row, sampleMatrix } from "./testing/sample_matrix.ts";

const LISTING = { file: "lib/catalogue.ts", source: '"no-mask" "leak"' };

function pageOf(files: Readonly<Record<string, string>>) {
  return new DOMParser().parseFromString(files["sabotage.html"], "text/html");
}

function filesOf(wrong: readonly string[] = [], matrix = sampleMatrix()) {
  return Object.fromEntries(renderMatrix(matrix, wrong, LISTING));
}

Deno.test("sabotage.json is as its schema says, and what is not is refused", () => {
  const data = JSON.parse(filesOf()["sabotage.json"]);
  assertEquals(matrixViolations(data), []);
  assertEquals(matrixViolations({ ...data, version: 2 }), ["version must be 1, got 2"]);
  assertEquals(matrixViolations([]), ["it must be object, got []"]);
});

Deno.test("the page has a cell for each claim under each sabotage, and says what is wrong", () => {
  const document = pageOf(filesOf(["01/first notices nothing"]));
  const rows = [...document.querySelectorAll(".matrix tbody tr")];
  const cells = rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.className));
  assertEquals(cells, [["n", "", "s"], ["c", "n", "n"]]);
  const text = document.querySelector("main")!.textContent!;
  assertStringIncludes(text, "2 sabotages, 2 noticed; 3 claims, 3 trusted");
  assertStringIncludes(text, "01/first notices nothing");
  assertStringIncludes(text, "1e-6 times");
});

Deno.test("text from a matrix makes no element, and nothing is loaded but what sorts", () => {
  const why = "<script>alert(1)</script>";
  const matrix = sampleMatrix({
    sabotages: [row("no-mask", [], { noticed: [{ claim: "01/first", on: why, why }] })],
  });
  const document = pageOf(filesOf([why], matrix));
  const scripts = [...document.querySelectorAll("script")].map((each) => each.getAttribute("src"));
  assertEquals(scripts, ["sabotage.js"]);
  assertEquals(document.querySelectorAll("img, iframe, object, form").length, 0);
});

Deno.test("the picture has a mark for each cell that was asked", () => {
  const svg = filesOf()["sabotage.svg"];
  const marks = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d.split("M").length - 1);
  assertEquals(marks, [3, 1, 1], "noticed, survived, crashed");
  assert(svg.startsWith("<svg xmlns="), "a file of its own");
});
