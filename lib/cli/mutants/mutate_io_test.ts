import { assertEquals } from "@std/assert";
import { mutantsOf } from "./mutate.ts";

const changes = (source: string) =>
  mutantsOf("x.ts", source).map(({ kind, before, after, line }) => [line, kind, before, after]);

Deno.test("operators, terms, constants, branches and arguments are changed one at a time", () => {
  assertEquals(changes("const y = a + 3;"), [
    [1, "operator changed", "+", "-"],
    [1, "term dropped", "a + 3", "a"],
    [1, "constant changed", "3", "(3 * 2)"],
  ]);
  assertEquals(changes("const y =\n  a < 0 ? !b : c;"), [
    [2, "branches swapped", "a < 0 ? !b : c", "a < 0 ? c : !b"],
    [2, "operator changed", "<", "<="],
    [2, "constant changed", "0", "1"],
    [2, "sign dropped", "!b", "b"],
  ]);
  assertEquals(changes("g.sub(x, y);"), [
    [1, "operation changed", "sub", "add"],
    [1, "term dropped", "g.sub(x, y)", "x"],
    [1, "arguments swapped", "g.sub(x, y)", "g.sub(y, x)"],
  ]);
});

Deno.test("arguments are swapped where that is another function and the types would let it be", () => {
  for (
    const same of ["g.add(x, y)", "hook(`a${n}`, x)", "f(x, [a])", "f(x, (y) => y)", "f(x, x)"]
  ) {
    const kinds = changes(same).map(([, kind]) => kind);
    assertEquals(kinds.includes("arguments swapped"), false, same);
  }
  assertEquals(changes("f(x, g.y)"), [[1, "arguments swapped", "f(x, g.y)", "f(g.y, x)"]]);
});

Deno.test("a mutant is the whole file with one change, and types, imports and errors stay", () => {
  const source = 'import { a } from "a";\ntype T = [1, 2];\nconst b: T = a(1);\n';
  assertEquals(mutantsOf("x.ts", source).map(({ source }) => source), [
    'import { a } from "a";\ntype T = [1, 2];\nconst b: T = a((1 * 2));\n',
  ]);
  assertEquals(changes("if (b) throw new RangeError(`at most ${2 + 2}, got ${b - 1}`);"), []);
});
