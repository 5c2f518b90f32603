import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { plain } from "./evidence.ts";

Deno.test("plain data passes as it is", () => {
  const value = { loss: [1, -0.5, 0], name: "gpt", ok: true, none: null, nested: [[{}], []] };
  assertStrictEquals(plain(value) as unknown, value);
});

Deno.test("what JSON would change is refused, with its place", () => {
  class Point {}
  const wrong: [unknown, string][] = [
    [[1, NaN], "evidence[1] must be made of"],
    [{ a: { b: -Infinity } }, "evidence.a.b must be made of"],
    [undefined, "got undefined"],
    [{ a: undefined }, "evidence.a must be made of"],
    [() => 1, "got a function"],
    [10n, "got a bigint"],
    [new Float32Array(2), "got a Float32Array"],
    [new Map(), "got a Map"],
    [new Point(), "got a Point"],
    [{ [Symbol("s")]: 1 }, "got a Object"],
  ];
  for (const [value, message] of wrong) assertThrows(() => plain(value), TypeError, message);
});

Deno.test("evidence is frozen all the way down", () => {
  const value = { rows: [[1], [2]] };
  plain(value);
  assertThrows(() => value.rows[1].push(3), TypeError);
  assertEquals(value.rows, [[1], [2]]);
});
