import { assertEquals, assertMatch } from "@std/assert";
import { callerOf, fileAt, placeInWords, placesIn } from "./location.ts";

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

Deno.test("no folder's name gets in the way", () => {
  const file = "file:///home/me/tr%20(copy)/a%20(1):2/spec/10_a_test.ts";
  const at = { file, line: 3, column: 15 };
  const frames = [
    `${file}:3:15`,
    `question (${file}:3:15)`,
    `async Object.a [as b] (${file}:3:15)`,
  ];
  for (const frame of frames) assertEquals(placesIn(`Error: at x\n    at ${frame}`), [at], frame);
});

Deno.test("a test is filed at the place that it is given, and a reader is told of it", () => {
  const at = { file: "file:///a/b_test.ts", line: 3, column: 5 };
  const filed = Object.getOwnPropertyDescriptor(
    fileAt(at, () => {}),
    Symbol.for("Deno.test.location"),
  );
  assertEquals(filed?.value, "file:///a/b_test.ts:3:5");
  assertEquals(placeInWords(at), "file:///a/b_test.ts:3");
});
