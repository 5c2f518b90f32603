import { assertEquals, assertThrows } from "@std/assert";
import { type Handle, makeHandle, type Measured, resolveMeasured } from "./handle.ts";
import { runClaim } from "../plan.ts";
import type { ClaimRecord } from "../record.ts";
import { type AtZero, crash, lift, line, lines, throughZero } from "../testing/toy.ts";

const handle: Handle<AtZero> = makeHandle("through-zero");
const read = ({ at }: AtZero) => at;

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
  const four = { model: "four" };
  const cases: [Measured, string][] = [
    [handle.max(read, { origin: "trained" }), "4"],
    [handle.min(read), "1"],
    [handle.mean(read, { origin: "built", model: "one" }), "1"],
    [handle.mean(({ at }) => [at, 2 * at], four), "6"],
    [handle.count(), "26"],
    [handle.value("four", read, { digits: 1, unit: "nats" }), "4.0 nats"],
    [handle.value(line("one"), read), "1"],
    [handle.max(({ at }) => [at, 10 * at], four), "40"],
    [handle.max(read, { control: "steep" }), "1,000"],
    [handle.count({ control: "steep" }), "1"],
    [handle.max(read, { model: "one" }), "1"],
    [handle.count({ origin: "built" }), "25"],
  ];
  for (const [measured, text] of cases) {
    assertEquals(resolveMeasured(measured, record), text, JSON.stringify(measured));
  }
  const lifted = await runClaim(throughZero({ on: [lines()], controls: { lift } }));
  const count = handle.count({ control: "lift" });
  assertEquals(resolveMeasured(count, lifted), "24", "members of a family under a control");
});

Deno.test("a figure that is no single finite number, or from no run, is refused", async () => {
  const record = await slopes();
  const nowhere = await runClaim(throughZero({ needs: () => "never" }));
  const cases: [Measured, ClaimRecord, string][] = [
    [
      handle.max(read, { model: "five", control: "crash" }),
      record,
      'max of "through-zero": no run is of model "five", control "crash"',
    ],
    // Its claim stands, and is green.
    [handle.max(read), nowhere, 'max of "through-zero": no run is of a subject'],
    [handle.max(({ at }) => at / 0), record, "one finite number on the runs of a subject"],
    [handle.mean(() => []), record, "one finite number"],
  ];
  for (const [measured, claim, message] of cases) {
    assertThrows(() => resolveMeasured(measured, claim), Error, message);
  }
});

Deno.test("a claim that does not stand leaves a gap where nothing was measured", async () => {
  const broken = await runClaim(throughZero({ measure: crash }));
  assertEquals(resolveMeasured(handle.max(read), broken), "(not measured)");
  const failed = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  const shown = resolveMeasured(handle.max(read), failed);
  assertEquals(shown, "3", "what a failing check saw is still shown");
});
