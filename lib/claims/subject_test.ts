import { assertEquals } from "@std/assert";
import { runClaim } from "./plan.ts";
import { eachOnce, introduce, sabotaged } from "./subject.ts";
import { lift, line, lines, missesZero } from "./testing/toy.ts";

const sound = [line("one"), lines()];

Deno.test("sabotaged subjects and families say which they were and what was done to them", () => {
  assertEquals(introduce(sabotaged(sound, lift)), [
    {
      name: "one, lifted",
      about: `one, changed: ${lift.description}`,
      from: "one",
      origin: "built",
    },
    {
      name: "random lines, lifted",
      about: `random lines, changed: ${lift.description}`,
      from: "random lines",
      origin: "random",
      size: 24,
    },
  ]);
});

Deno.test("they are asked as they are broken, each member of a family too", async () => {
  const on = sabotaged(sound, lift);
  const controls = { "as they were": { on: sound } };
  const record = await runClaim(missesZero({ direction: "claim", on, controls }));
  assertEquals(record.verdict, "holds", record.reason);
  assertEquals(record.runs[1].model.endsWith(", lifted"), true, record.runs[1].model);
  assertEquals(record.runs[1].family, "random lines, lifted");
});

Deno.test("subjects and families are introduced with what is known of them", () => {
  const family = { ...lines(), about: "lines of any slope" };
  assertEquals(introduce([{ ...line("one"), about: "a line", from: "two" }, family, line("two")]), [
    { name: "one", origin: "built", about: "a line", from: "two" },
    { name: family.name, origin: "random", about: "lines of any slope", size: family.size },
    { name: "two", origin: "built" },
  ]);
});

Deno.test("a family drawn in several sizes is introduced with the largest, once", () => {
  const sized = (size: number) => ({ name: "lines", origin: "random", size });
  assertEquals(eachOnce([3, 8, 5].map(sized)), [sized(8)]);
});

Deno.test("models that share a name and are not the same are both introduced", () => {
  const models = ["straight", "bent"].map((about) => ({ name: "line", origin: "built", about }));
  assertEquals(eachOnce(models), models);
});
