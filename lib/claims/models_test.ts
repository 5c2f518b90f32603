import { assertEquals } from "@std/assert";
import { eachOnce, modelsOf } from "./models.ts";
import { sabotaged } from "./sabotaged.ts";
import { lift, line, lines, missesZero } from "./testing/toy.ts";

Deno.test("a claim asks its subjects and those of its controls, each introduced once", () => {
  const one = { ...line("one"), about: "a line through one" };
  const family = { ...lines(), about: "lines of any slope" };
  const spec = missesZero({
    direction: "claim",
    on: [one, family],
    controls: { lift, "other lines": { on: [line("two"), one] } },
  });
  assertEquals(modelsOf(spec), [
    { name: "one", origin: "built", about: "a line through one" },
    { name: family.name, origin: "random", about: "lines of any slope", size: family.size },
    { name: "two", origin: "built" },
  ]);
});

Deno.test("a family drawn in two sizes is introduced with the larger", () => {
  const family = { name: "lines", origin: "random" };
  const models = [{ ...family, size: 3 }, { ...family, size: 8 }, { ...family, size: 5 }];
  assertEquals(eachOnce(models), [{ ...family, size: 8 }]);
});

Deno.test("models that share a name and are not the same are both introduced", () => {
  const models = ["straight", "bent"].map((about) => ({ name: "line", origin: "built", about }));
  assertEquals(eachOnce(models), models);
});

Deno.test("sabotaged subjects and families say which they were and what was done to them", () => {
  const on = sabotaged([line("one"), lines()], lift);
  assertEquals(on.map(({ about }) => about), [
    `one, changed: ${lift.description}`,
    `${lines().name}, changed: ${lift.description}`,
  ]);
  const models = modelsOf(missesZero({ direction: "claim", on, controls: { lift } }));
  assertEquals(models.map(({ from }) => from), ["one", lines().name]);
});
