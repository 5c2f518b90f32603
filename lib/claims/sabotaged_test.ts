import { assertEquals } from "@std/assert";
import { runClaim } from "./run_claim.ts";
import { sabotaged } from "./sabotaged.ts";
import { lift, line, lines, missesZero } from "./testing/toy.ts";

Deno.test("sabotaged subjects and families keep their names, with what was done to them", async () => {
  const on = sabotaged([line("one"), lines()], lift);
  assertEquals(on.map(({ name }) => name), ["one, lifted", "random lines, lifted"]);
  const record = await runClaim(missesZero({
    direction: "claim",
    on,
    controls: { "as they were": { on: [line("one"), lines()] } },
  }));
  assertEquals(record.verdict, "holds", record.reason);
  assertEquals(record.runs[1].model.endsWith(", lifted"), true, record.runs[1].model);
  assertEquals(record.runs[1].family, "random lines, lifted");
});
