import { assertEquals, AssertionError, assertLess } from "@std/assert";
import { runClaim } from "./plan.ts";
import {
  assertVerdict,
  type AtZero,
  crash,
  type Line,
  line,
  lines,
  missesZero,
  throughZero,
} from "./testing/toy.ts";

Deno.test("a crash in loading, measuring or checking a subject is broken, not failing", async () => {
  const load = () => Promise.reject(new TypeError("no such hook"));
  const specs = [
    throughZero({ on: [{ ...line("one"), load }] }),
    throughZero({ measure: crash }),
    throughZero({ check: crash }),
    missesZero({ check: crash }),
  ];
  for (const spec of specs) await assertVerdict("broken", spec, "TypeError: no such hook");
});

Deno.test("a thrown value that is no Error is broken and shown", async () => {
  const round: { self?: unknown } = {};
  round.self = round;
  const cases: [unknown, string][] = [
    [{ code: 42 }, 'threw {"code":42}'],
    [undefined, "threw undefined"],
    ["no", "threw no"],
    [Symbol("no"), "threw Symbol(no)"],
    [round, "threw [object Object]"],
  ];
  for (const [thrown, reason] of cases) {
    const crash = () => {
      throw thrown;
    };
    await assertVerdict("broken", throughZero({ measure: crash }), `measuring ${reason}`);
    await assertVerdict("broken", throughZero({ check: crash }), `checking ${reason}`);
  }
});

Deno.test("evidence that JSON would lose is broken", async () => {
  for (const [at, shown] of [[NaN, "NaN"], [Infinity, "Infinity"]] as const) {
    const spec = throughZero({ measure: () => ({ at }) });
    await assertVerdict("broken", spec, "evidence.at must be made of", `got ${shown}`);
  }
});

Deno.test("a check sees the evidence and nothing else, so that it cannot assert on something else", async () => {
  const seen: unknown[][] = [];
  const check = (...given: unknown[]) => void seen.push(given);
  await runClaim(throughZero({ check }));
  assertEquals(seen, [[{ at: 0 }], [{ at: 1 }]]);
});

Deno.test("a check cannot change what is kept", async () => {
  const check = (evidence: AtZero) => {
    (evidence as { at: number }).at = 0;
  };
  await assertVerdict("broken", throughZero({ check }), "read only");
});

Deno.test("what was measured is kept, also where the check failed", async () => {
  const { runs } = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  assertEquals(runs.map(({ role, evidence }) => [role, evidence]), [
    ["subject", { at: 3 }],
    ["control", { at: 4 }],
  ]);
});

Deno.test("an assertion's colours do not reach the record", async () => {
  const check = ({ at }: AtZero) => {
    if (at === 0) throw new AssertionError("\x1b[1;31mred\x1b[39m");
    throw new AssertionError("lifted");
  };
  await assertVerdict("fails", throughZero({ check }), /^on one, red$/);
});

/** Never comes to an end. */
const forever = () => new Promise<AtZero>(() => {});

Deno.test("a run that takes longer than it may is broken, whatever it was doing", async () => {
  const over = "took longer than the limit of 0.01 s";
  const limit = 0.01;
  const load = () => new Promise<Line>(() => {});
  const busy = (): AtZero => {
    for (const start = performance.now(); performance.now() - start < 20;);
    return { at: 0 };
  };
  const cases: [Parameters<typeof throughZero>[0], string][] = [
    [{ measure: forever }, `on one, measuring ${over}`],
    [{ on: [{ ...line("one"), load }] }, `on one, loading ${over}`],
    [{ check: async () => void await forever() }, `on one, checking ${over}`],
    [{ measure: busy }, over],
    [
      { controls: { slow: { measure: forever } } },
      `on one under the control "slow", measuring ${over}`,
    ],
  ];
  for (const [changed, reason] of cases) {
    await assertVerdict("broken", throughZero({ limit, ...changed }), reason);
  }
});

Deno.test("after a run that took longer than it may, the claim runs nothing else", async () => {
  const start = performance.now();
  const on = [lines(), line("one"), line("two", 2)];
  const { runs, reason } = await runClaim(throughZero({ on, measure: forever, limit: 0.05 }));
  assertLess(performance.now() - start, 2000, "milliseconds");
  const [first, ...others] = runs.map((run) => run.reason);
  assertEquals(first, "measuring took longer than the limit of 0.05 s");
  for (const other of others) assertEquals(other?.startsWith("it was not run, since"), true, other);
  assertEquals(reason?.endsWith(` (and on ${others.length} more)`), true, reason);
});
