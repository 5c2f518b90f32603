import { assertEquals, AssertionError } from "@std/assert";
import { runClaim } from "./plan.ts";
import {
  crash,
  lift,
  type Line,
  line,
  missesZero,
  smallConfig,
  steepen,
  testVerdicts,
  throughZero,
} from "./testing/toy.ts";

const config = smallConfig();
const steep = { controls: { steep: steepen } };

const assertsElsewhere = () => {
  throw new AssertionError("not now");
};
const unfit = { ...lift, unfit: () => "it has nothing to lift" };
const needs = ({ n_layers }: { n_layers: number }) => n_layers ? undefined : "it has no layer";
const needing = { on: [{ ...line("one"), config }], needs };
const lifted = { sabotage: lift };
const [wide, fits] = [() => "it is narrow", () => undefined];
const empty = [{ ...line("empty", 1, 2), config: smallConfig({ n_layers: 0 }) }];

testVerdicts({
  "a control that comes out as the subjects do leaves the claim not trusted": [
    ["not trusted", throughZero(steep), /had to fail on one under the control "steep", and held/],
    ["not trusted", missesZero(steep), /had to hold on one under the control "steep", and failed/],
    ["not trusted", missesZero(steep), "it must be one at zero"],
  ],
  "one control that is missed is enough, whatever the others catch": [
    ["not trusted", throughZero({ controls: { lifted: lift, steep: steepen } })],
  ],
  "a crash in a control does not count as coming out wrong": [
    { ...lift, apply: crash },
    { measure: crash },
  ].map((crashing) => [
    "broken",
    throughZero({ controls: { crashing } }),
    'under the control "crashing"',
    "TypeError: no such hook",
  ]),
  "an assertion outside of check is broken: a control could hide behind it": [
    ["broken", throughZero({ controls: { odd: { measure: assertsElsewhere } } }), "only check may"],
  ],
  "NaN does not pass for a control that came out wrong": [
    ["broken", throughZero({ controls: { "no number": { measure: () => ({ at: NaN }) } } })],
  ],
  "a control that applies nowhere is not trusted and says why": [
    [
      "not trusted",
      throughZero({ on: [{ ...line("one"), config }], controls: { lift, "unfit lift": unfit } }),
      /"unfit lift" applies to no model: one: it has nothing to lift/,
    ],
    ["not trusted", throughZero({ controls: { nobody: { on: [] } } }), "nothing to run on"],
  ],
  "what a claim needs is asked of those whom a control brings, unless it says not to": [
    [
      "not trusted",
      throughZero({ ...needing, controls: { bent: { on: empty } } }),
      '"bent" applies to no model: empty: it has no layer',
    ],
    ["holds", throughZero({ ...needing, controls: { bent: { on: empty, needs: false } } })],
  ],
  "what a control needs is asked besides what the claim needs": [
    [
      "not trusted",
      throughZero({ ...needing, controls: { steep: { ...lifted, needs: wide } } }),
      '"steep" applies to no model: one: it is narrow',
    ],
    [
      "not trusted",
      throughZero({ ...needing, controls: { steep: { ...lifted, on: empty, needs: wide } } }),
      '"steep" applies to no model: empty: it has no layer',
    ],
    ["holds", throughZero({ ...needing, controls: { steep: { ...lifted, needs: fits } } })],
  ],
  "a claim without a control is broken": [
    ["broken", throughZero({ controls: {} }), "mustFailOn must name at least one"],
    ["broken", missesZero({ controls: {} }), "mustHoldOn must name at least one"],
  ],
});

Deno.test("a control need not fit every model, and its record says where it did not", async () => {
  const picky = {
    ...lift,
    unfit: ({ d_vocab }: { d_vocab: number }) => d_vocab === 3 ? "too few words" : undefined,
  };
  const on = [3, 9].map((d_vocab) => ({ ...line(`${d_vocab}`), config: smallConfig({ d_vocab }) }));
  const record = await runClaim(throughZero({ on, controls: { picky } }));
  assertEquals(record.verdict, "holds");
  const [small, large] = record.runs.filter(({ role }) => role === "control");
  assertEquals([small.verdict, small.reason], ["not applicable", "too few words"]);
  assertEquals(large.verdict, "fails");
});

Deno.test("a control may break models or the measurement, ask others, or all of it at once", async () => {
  const on = [line("bent", 1, 2)];
  const measure = ({ slope, bias }: Line) => ({ at: slope + bias });
  const controls = {
    sabotage: { sabotage: lift },
    on: { on },
    measure: { measure },
    two: { on: [line("steep", 9)], measure },
    all: { sabotage: lift, on, measure },
  };
  const record = await runClaim(throughZero({ controls }));
  assertEquals(record.verdict, "holds", record.reason);
  const runs = record.runs.filter(({ role }) => role === "control");
  const described = record.controls.map(({ description }) => description);
  assertEquals(runs.map(({ model, evidence }, i) => [model, evidence, described[i]]), [
    ["one", { at: 1 }, "one is added everywhere"],
    ["bent", { at: 2 }, "asked of bent"],
    ["one", { at: 1 }, "measured in a broken way"],
    ["steep", { at: 9 }, "asked of steep, measured in a broken way"],
    ["bent", { at: 4 }, "one is added everywhere. Asked of bent, measured in a broken way."],
  ]);
});
