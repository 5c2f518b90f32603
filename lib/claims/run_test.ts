import { assertEquals, AssertionError, assertLess } from "@std/assert";
import { runClaim } from "./plan.ts";
import {
  type AtZero,
  crash,
  line,
  lines,
  missesZero,
  testVerdicts,
  throughZero,
} from "./testing/toy.ts";

const unloadable = { ...line("one"), load: () => Promise.reject(new TypeError("no such hook")) };
const round: { self?: unknown } = {};
round.self = round;
const thrown: [unknown, string][] = [
  [{ code: 42 }, 'threw {"code":42}'],
  [undefined, "threw undefined"],
  ["no", 'threw "no"'],
  [Symbol("no"), "threw Symbol(no)"],
  [round, "threw [object Object]"],
];

/** Never comes to an end, of itself or for the sake of others. */
const forever = () => new Promise<never>(() => {});
const busy = (): AtZero => {
  for (const start = performance.now(); performance.now() - start < 150;);
  return { at: 0 };
};
const limit = 0.1; // Cleaning up takes some of it on a busy machine.
const over = "it took longer than the limit of 0.1 s, and was";

testVerdicts({
  "a crash in loading, measuring or checking a subject is broken, not failing": [
    throughZero({ on: [unloadable] }),
    throughZero({ measure: crash }),
    throughZero({ check: crash }),
    missesZero({ check: crash }),
  ].map((spec) => ["broken", spec, "TypeError: no such hook"]),
  "a thrown value that is no Error is broken and shown": thrown.flatMap(([value, reason]) => {
    const crash = () => {
      throw value;
    };
    return [
      ["broken", throughZero({ measure: crash }), `measuring ${reason}`],
      ["broken", throughZero({ check: crash }), `checking ${reason}`],
    ];
  }),
  "evidence that JSON would lose is broken": [NaN, Infinity].map((at) => [
    "broken",
    throughZero({ measure: () => ({ at }) }),
    `evidence.at must be made of finite numbers`,
    `got ${at}`,
  ]),
  "a check cannot change what is kept": [
    [
      "broken",
      throughZero({ check: (evidence) => void Object.assign(evidence, { at: 0 }) }),
      "read only",
    ],
  ],
  "an assertion's colours do not reach the record": [
    [
      "fails",
      throughZero({
        check: () => {
          throw new AssertionError("\x1b[1;31mred\x1b[39m");
        },
      }),
      /^on one, red$/,
    ],
  ],
  "what was compared is said where a message took its place": [
    [
      "fails",
      throughZero({
        check: () => {
          throw new AssertionError("nats gained", { cause: `${1 / 3}, required > 0.5` });
        },
      }),
      /^on one, nats gained: 0.3333, required > 0.5$/,
    ],
  ],
  "a run that takes longer than it may is broken, whatever it was doing": [
    ["broken", throughZero({ limit, measure: forever }), `on one, ${over} measuring`],
    ["broken", throughZero({ limit, measure: busy }), `on one, ${over} checking`],
    ["broken", throughZero({ limit, check: forever }), `on one, ${over} checking`],
    [
      "broken",
      throughZero({ limit, on: [{ ...line("one"), load: forever }] }),
      `on one, ${over} loading`,
    ],
    [
      "broken",
      throughZero({ limit, controls: { slow: { measure: forever } } }),
      `on one under the control "slow", ${over} measuring`,
    ],
  ],
});

Deno.test("after a run that took longer than it may, the claim runs nothing else", async () => {
  const start = performance.now();
  const on = [lines(), line("one"), line("two", 2)];
  const { runs, reason } = await runClaim(throughZero({ on, measure: forever, limit: 0.05 }));
  assertLess(performance.now() - start, 2000, "milliseconds");
  const [first, ...others] = runs.map((run) => run.reason);
  assertEquals(first, "it took longer than the limit of 0.05 s, and was measuring");
  for (const other of others) assertEquals(other?.startsWith("it was not run, since"), true, other);
  assertEquals(reason?.endsWith(` (and on ${others.length} more)`), true, reason);
});

Deno.test("a check sees the evidence and nothing else, so that it cannot assert on something else", async () => {
  const seen: unknown[][] = [];
  const check = (...given: unknown[]) => void seen.push(given);
  await runClaim(throughZero({ check }));
  assertEquals(seen, [[{ at: 0 }], [{ at: 1 }]]);
});

Deno.test("what was measured is kept, also where the check failed", async () => {
  const { runs } = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  assertEquals(runs.map(({ role, evidence }) => [role, evidence]), [
    ["subject", { at: 3 }],
    ["control", { at: 4 }],
  ]);
});
