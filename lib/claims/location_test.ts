import { assertEquals, assertMatch } from "@std/assert";
import { callerOf, fileAt } from "./location.ts";
import { specFile } from "./spec_file.ts";

Deno.test("a function can tell which line it was called from", () => {
  function here() {
    return callerOf(here);
  }
  const first = here();
  const second = here();
  assertEquals(first.file, import.meta.url);
  assertEquals(second.line - first.line, 1);
  assertMatch(String(first.column), /^[1-9]\d*$/);
});

Deno.test("so can an arrow function, an async one and a method", async () => {
  const arrow = () => callerOf(arrow);
  const later = () => Promise.resolve(callerOf(later));
  const object = { method: () => callerOf(object.method) };
  for (const { file } of [arrow(), await later(), object.method()]) {
    assertEquals(file, import.meta.url);
  }
});

Deno.test("a test is filed at the place that it is given", () => {
  const test = fileAt({ file: "file:///a/b_test.ts", line: 3, column: 5 }, () => {});
  const filed = Object.getOwnPropertyDescriptor(test, Symbol.for("Deno.test.location"));
  assertEquals(filed?.value, "file:///a/b_test.ts:3:5");
});

Deno.test("a spec's path, stem and number are read from its URL", () => {
  const url = new URL("../../spec/01_earlier%20tokens_test.ts", import.meta.url).href;
  assertEquals(specFile(url), {
    path: "spec/01_earlier tokens_test.ts",
    stem: "01_earlier tokens_test",
    number: 1,
    prefix: "01",
  });
});

Deno.test("a spec from elsewhere keeps its whole URL, and one without a number has none", () => {
  assertEquals(specFile("https://example.com/mine_test.ts"), {
    path: "https://example.com/mine_test.ts",
    stem: "mine_test",
    number: 0,
    prefix: "00",
  });
});
