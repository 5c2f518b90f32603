import { assertEquals, assertThrows } from "@std/assert";
import { type Handle, makeHandle, type Measured } from "./handle.ts";
import type { ClaimRecord } from "./record.ts";
import { runClaim } from "./plan.ts";
import { type AtZero, lift, line, lines, throughZero } from "./testing/toy.ts";

const handle: Handle<AtZero> = makeHandle("through-zero");

/** A claim that stands, on two lines and a family; it measures the slope. */
function record(): Promise<ClaimRecord> {
  return runClaim(throughZero({
    on: [line("one", 1), { ...line("four", 4), origin: "trained" }],
    measure: ({ slope }) => ({ at: slope }),
    check: () => {},
    controls: { crash: { measure: () => ({ at: 1000 }) } },
  })).then((claim) => ({ ...claim, verdict: "holds" }));
}

Deno.test("figures are taken from the runs of the subjects", async () => {
  const claim = await record();
  const read = ({ at }: AtZero) => at;
  const cases: [Measured, string][] = [
    [handle.max(read), "4"],
    [handle.min(read), "1"],
    [handle.mean(read), "2.5"],
    [handle.count(), "2"],
    [handle.value("four", read, { digits: 1, unit: "nats" }), "4.0 nats"],
    [handle.value(line("one"), read), "1"],
    [handle.max(({ at }) => [at, 10 * at]), "40"],
  ];
  for (const [measured, text] of cases) assertEquals(measured.resolve(claim), text);
});

Deno.test("or from those of a control, a model, an origin or a family", async () => {
  const claim = await record();
  const read = ({ at }: AtZero) => at;
  assertEquals(handle.max(read, { control: "crash" }).resolve(claim), "1,000");
  assertEquals(handle.count({ control: "crash" }).resolve(claim), "2");
  assertEquals(handle.max(read, { model: "one" }).resolve(claim), "1");
  assertEquals(handle.max(read, { origin: "built" }).resolve(claim), "1");
  const family = await runClaim(throughZero({ on: [line("one"), lines()], controls: { lift } }));
  assertEquals(handle.count({ family: lines() }).resolve(family), "24");
  assertEquals(handle.count({ family: "random lines", control: "lift" }).resolve(family), "24");
});

Deno.test("a figure from no run is refused, with what was asked for", async () => {
  const claim = await record();
  const read = ({ at }: AtZero) => at;
  assertThrows(
    () => handle.max(read, { model: "five", control: "crash" }).resolve(claim),
    Error,
    'max of "through-zero": no run is of model "five", control "crash"',
  );
});

Deno.test("a figure of a claim that applies to no model is refused: its claim stands, and is green", async () => {
  const nowhere = await runClaim(throughZero({ needs: () => "never" }));
  assertThrows(
    () => handle.max(({ at }) => at).resolve(nowhere),
    Error,
    'max of "through-zero": no run is of a subject',
  );
});

Deno.test("a figure that is no single finite number is refused", async () => {
  const claim = await record();
  const read = ({ at }: AtZero) => at / 0;
  assertThrows(() => handle.max(read).resolve(claim), Error, "one finite number");
  assertThrows(() => handle.mean(() => []).resolve(claim), Error, "one finite number");
});

Deno.test("a claim that does not stand leaves a gap where nothing was measured", async () => {
  const read = ({ at }: AtZero) => at;
  const measure = () => {
    throw new TypeError("no such hook");
  };
  const broken = await runClaim(throughZero({ measure }));
  assertEquals(handle.max(read).resolve(broken), "(not measured)");
  const failed = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  assertEquals(handle.max(read).resolve(failed), "3", "what a failing check saw is still shown");
});
