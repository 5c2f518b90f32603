import { assertEquals } from "@std/assert";
import { introduce } from "./models.ts";
import { runClaim } from "./plan.ts";
import { sabotaged } from "./subject.ts";
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
