import { assertEquals, assertThrows } from "@std/assert";
import { type Handle, makeHandle, type Measured, resolveMeasured } from "./handle.ts";
import { runClaim } from "../plan.ts";
import type { ClaimRecord } from "../record.ts";
import { type AtZero, crash, lift, line, lines, throughZero } from "../testing/toy.ts";

const handle: Handle<AtZero> = makeHandle("through-zero");

/** A claim that stands, on two lines and a family of 24, whose slopes it measures. */
async function slopes(): Promise<ClaimRecord> {
  const record = await runClaim(throughZero({
    on: [line("one", 1), { ...line("four", 4), origin: "trained" }, lines()],
    measure: ({ slope }) => ({ at: slope }),
    check: () => {},
    controls: { steep: { on: [line("steep", 1000)] } },
  }));
  return { ...record, verdict: "holds" };
}

Deno.test("figures are taken from the runs of the subjects, or from those that are chosen", async () => {
  const record = await slopes();
  const cases: [Measured, string][] = [
    [handle.max("at", { origin: "trained" }), "4"],
    [handle.min("at"), "1"],
    [handle.mean("at", { origin: "built", model: "one" }), "1"],
    [handle.max("at", { model: "four", digits: 0 }), "4"],
    [handle.count(), "26"],
    [handle.value("four", "at", { digits: 1, unit: "nats" }), "4.0 nats"],
    [handle.value(line("one"), "at"), "1"],
    [handle.max("at", { control: "steep" }), "1,000"],
    [handle.count({ control: "steep" }), "1"],
    [handle.max("at", { model: "one" }), "1"],
    [handle.count({ origin: "built" }), "25"],
  ];
  for (const [measured, text] of cases) {
    assertEquals(resolveMeasured(measured, record), text, JSON.stringify(measured));
  }
  const lifted = await runClaim(throughZero({ on: [lines()], controls: { lift } }));
  const count = handle.count({ control: "lift" });
  assertEquals(resolveMeasured(count, lifted), "24", "members of a family under a control");
});

/** A claim whose runs all measured something else. */
function withEvidence(record: ClaimRecord, at: number[]): ClaimRecord {
  return { ...record, runs: record.runs.map((run) => ({ ...run, evidence: { at } })) };
}

Deno.test("a figure that is no single finite number, or from no run, is refused", async () => {
  const record = await slopes();
  const nowhere = await runClaim(throughZero({ needs: () => "never" }));
  const cases: [Measured, ClaimRecord, string][] = [
    [
      handle.max("at", { model: "five", control: "crash" }),
      record,
      'max of "through-zero": no run is of model "five", control "crash"',
    ],
    // Its claim stands, and is green.
    [handle.max("at"), nowhere, 'max of "through-zero": no run is of a subject'],
    [handle.value("four", "at"), withEvidence(record, [1, 2]), "one finite number"],
    [handle.mean("at"), withEvidence(record, []), "one finite number on the runs of a subject"],
  ];
  for (const [measured, claim, message] of cases) {
    assertThrows(() => resolveMeasured(measured, claim), Error, message);
  }
});

Deno.test("a claim that does not stand leaves a gap where nothing was measured", async () => {
  const broken = await runClaim(throughZero({ measure: crash }));
  assertEquals(resolveMeasured(handle.max("at"), broken), "(not measured)");
  const failed = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  const shown = resolveMeasured(handle.max("at"), failed);
  assertEquals(shown, "3", "what a failing check saw is still shown");
});
