import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ModelFileError } from "./file_error.ts";
import { isObject, readJson } from "./json.ts";

const read = (text: string) => readJson("a file", "it", new TextEncoder().encode(text));

Deno.test("strict JSON means what JSON.parse makes of it", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assertEquals(read(text), JSON.parse(text), "no key repeats in what it wrote");
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("a key given twice in one object is refused, however it is written", () => {
  const repeats = [
    `{"a":1,"a":2}`,
    `{"a":1,"b":{},"a" :2}`,
    `{"a":1,"\\u0061":2}`,
    `[0,{"b":{"c":[],"c":[]}}]`,
    `{"\\"":1,"x":"\\\\","\\"":2}`,
    `{"__proto__":1,"__proto__":2}`,
    `{"${"n".repeat(1e6)}":{"a\\"b":1,"a\\u0022b":2}}`,
  ];
  for (const text of repeats) {
    assertThrows(() => read(text), ModelFileError, "appears twice in one object", text);
  }
});

Deno.test("the same key in different objects, or as a value, is no repetition", () => {
  for (const text of [`{"a":{"a":1},"b":{"a":"a"}}`, `[{"a":1},{"a":1}]`, `{"a":"b","b":"a"}`]) {
    assertEquals(read(text), JSON.parse(text), text);
  }
});

Deno.test("only JSON objects are objects", () => {
  assertEquals([{}, { a: 1 }].map(isObject), [true, true], "objects");
  assertEquals([null, [], "a", 1, undefined].map(isObject), [false, false, false, false, false]);
});
