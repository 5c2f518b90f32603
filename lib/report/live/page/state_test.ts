import { assertEquals } from "@std/assert";
import type { LiveClaim } from "../messages.ts";
import { hear, IDLE, opening } from "./state.ts";

const claim = (verdict: LiveClaim["verdict"]): LiveClaim => ({
  id: verdict,
  statement: "so it is",
  direction: "claim",
  verdict,
  findings: [],
  numbers: { same: 2, of: 3, apart: 3e-14 },
  pictures: [],
});

const HEARD = [{ kind: "claim", claim: claim("holds") }, { kind: "claim", claim: claim("fails") }, {
  kind: "done",
}] as const;

Deno.test("what was heard of a run is summed up", () => {
  const run = HEARD.reduce(hear, hear(IDLE, { kind: "running" }));
  assertEquals(run.busy, false);
  assertEquals(
    run.status,
    "1 of 2 claims stand. Of 6 numbers measured just now, 4 are the very bits of the report. " +
      "The others differ by 3e-14 of themselves at most: browsers round some functions " +
      "each in its own way.",
  );
  const broken = HEARD.reduce(hear, hear(IDLE, { kind: "running", broken: true }));
  assertEquals(broken.status, "1 of 2 claims notice that the models are broken.");
  const none = [HEARD[0], HEARD[2]].reduce(hear, hear(IDLE, { kind: "running", broken: true }));
  assertEquals(
    none.status,
    "0 of 1 claims notice that the models are broken. " +
      "Some of their numbers changed, by less than they allow.",
  );
  const numbers = { same: 3, of: 3, apart: 0 };
  const same = [{ kind: "claim", claim: { ...claim("holds"), numbers } }, HEARD[2]] as const;
  assertEquals(
    same.reduce(hear, hear(IDLE, { kind: "running", broken: true })).status,
    "0 of 1 claims notice that the models are broken. Not one of their numbers changed: " +
      "what was broken, if anything, is nothing that they look at.",
  );
});

Deno.test("what is not trusted does not stand, and what is broken itself cannot be asked", () => {
  const claims = (["refuted", "not trusted", "broken", "not applicable", "fails"] as const)
    .map((verdict) => ({ kind: "claim", claim: claim(verdict) }) as const);
  const status = (broken: boolean) =>
    [...claims, { kind: "done" } as const].reduce(hear, hear(IDLE, { kind: "running", broken }))
      .status;
  assertEquals(status(false).split(".")[0], "2 of 5 claims stand");
  assertEquals(
    status(true),
    "2 of 3 claims notice that the models are broken. " +
      "2 cannot be asked of models that are broken so.",
  );
});

Deno.test("what was done is kept until something else is", () => {
  const begun = hear(IDLE, { kind: "running", broken: true });
  const done = hear(begun, { kind: "breaking", description: "No mask." });
  assertEquals(done.done, "No mask.");
  assertEquals(hear(done, { kind: "running" }).done, undefined);
  assertEquals(hear(done, { kind: "changed" }).done, undefined);
});

Deno.test("a new run forgets the last one, and what is refused is shown", () => {
  const run = HEARD.reduce(hear, hear(IDLE, { kind: "running" }));
  const refused = hear(hear(run, { kind: "running" }), { kind: "refused", reason: "no" });
  assertEquals([refused.claims, refused.problem, refused.busy], [[], "no", false]);
  const changed = hear(run, { kind: "changed" });
  assertEquals([changed.claims, changed.status], [[], "Ready."], "so does another sabotage");
});

Deno.test("of a reading it is told beside the text, and the summary of the claims stays", () => {
  const run = HEARD.reduce(hear, hear(IDLE, { kind: "running" }));
  const reading = hear(run, { kind: "running", reading: true });
  assertEquals([reading.busy, reading.own.status, reading.status], [true, "Reading …", run.status]);
  const refused = hear(reading, { kind: "refused", reason: "too long" });
  assertEquals([refused.own.problem, refused.problem], ["too long", undefined]);
  assertEquals([refused.busy, refused.status, refused.claims], [false, run.status, run.claims]);
  const stopped = hear(reading, { kind: "stopped" });
  assertEquals([stopped.own.status, stopped.status], ["Stopped.", run.status]);
  const again = hear(hear(refused, { kind: "running" }), { kind: "refused", reason: "no" });
  assertEquals([again.own.problem, again.problem], ["too long", "no"], "each where it was asked");
});

Deno.test("what an address asks for is said while it is prepared", () => {
  assertEquals(opening({ chosen: [] }), IDLE);
  assertEquals(
    opening({ chosen: [{ id: "no-positions", strength: 0.5 }, { id: "one-head" }], text: "so" })
      .status,
    'Preparing what this address asks for: models broken by "no positions" and "one head", ' +
      `and a text to read. ${IDLE.status}`,
  );
});
