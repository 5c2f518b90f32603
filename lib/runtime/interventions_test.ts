import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type Axis, type Hook, hookOf, hooksOf, lengthsOf } from "../model/hooks.ts";
import type { Model } from "../model/model.ts";
import { LLAMA, oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { mean, sizeOf, Tensor } from "../tensor/mod.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import type { Booleans } from "./session.ts";
import { type Intervention, interventionFeeds } from "./interventions.ts";
import { run } from "./run.ts";
import { activations, PLACES, TEXTS } from "./testing/broken.ts";
import { EVEN } from "./testing/even.ts";
import { assertSameRun, hookNames, runAll } from "./testing/run_all.ts";

const MODEL = smallModel({ n_layers: 2 });
const Z = "blocks.0.attn.hook_z";
const PATTERN = "blocks.1.attn.hook_pattern";

/** A change at every hook of the table. */
function everywhere(
  { config }: Model,
  change: (hook: Hook) => Omit<Intervention, "hook">,
): Intervention[] {
  return hooksOf(config).map((hook) => ({ hook: hook.name, ...change(hook) }));
}

for (const model of [...oneOfEach(), smallModel(LLAMA)]) {
  Deno.test(`what chooses nothing or puts back what was there changes no bit: ${model.name}`, async () => {
    const clean = await activations(model);
    const heads = (axes: readonly Axis[]) =>
      axes.includes("head") || axes.includes("key_value_head") ? { heads: [] } : { rows: [] };
    const changes: Record<string, Intervention[]> = {
      "none at all": [],
      "no row": everywhere(model, () => ({ to: "zero", rows: [] })),
      "no position": everywhere(model, () => ({ to: "mean", positions: [] })),
      "no head": everywhere(model, ({ axes }) => ({ to: "zero", ...heads(axes) })),
      "its own value": everywhere(model, ({ name }) => ({ to: clean.get(name) })),
      "its own value by a function": everywhere(model, () => ({ to: (value) => value })),
    };
    for (const [what, interventions] of Object.entries(changes)) {
      assertSameRun(model, await runAll(model, TEXTS, { interventions }), clean, what);
    }
  });
}

const clean = await activations(MODEL);
const change = (...interventions: Intervention[]) => runAll(MODEL, TEXTS, { interventions });

Deno.test("zeros stand where they were asked for and everything follows from them", async () => {
  const hook = "blocks.0.hook_attn_out";
  const result = await change({ hook, to: "zero", rows: [1], positions: [2, 4] });
  for (const [row, p] of PLACES) {
    const chosen = row === 1 && (p === 2 || p === 4);
    const place = `row ${row}, position ${p}`;
    const expected = chosen ? Tensor.full([10]) : clean.get(hook).get(row, p);
    assertSameBits(result.get(hook).get(row, p), expected, `${hook} at ${place}`);
    // The stream after attention is the stream before it plus nothing.
    const stream = chosen ? "blocks.0.hook_resid_pre" : "blocks.0.hook_resid_mid";
    const mid = result.get("blocks.0.hook_resid_mid").get(row, p);
    assertSameBits(mid, clean.get(stream).get(row, p), `the stream at ${place}`);
  }
  assertSameBits(result.logits.get(0), clean.logits.get(0), "the other row's logits");
  const later = result.logits.get(1);
  assertSameBits(later.get(1), clean.logits.get(1, 1), "an earlier position's logits");
  for (const p of [2, 3, 4]) assert(`${later.get(p).data}` !== `${clean.logits.get(1, p).data}`);
});

Deno.test("the mean is the clean run's, over rows and positions, for each head and key", async () => {
  const result = await change(
    { hook: "hook_embed", to: "zero" }, // what comes before does not change the means
    { hook: Z, to: "mean", rows: [1] },
    { hook: PATTERN, to: "mean", heads: [0] },
  );
  // Summed in double precision in another order and rounded once: apart by one rounding at most.
  const near = (given: number, each: number[], what: string) =>
    assertAlmostEquals(given, mean(each), 2 ** -23 * Math.abs(mean(each)), what);
  const numbers = [0, 1, 2].flatMap((head) => [0, 1, 2, 3].map((i) => [head, i] as const));
  for (const [row, p] of PLACES) {
    for (const [head, i] of row === 1 ? numbers : []) {
      const all = PLACES.map(([row, p]) => clean.get(Z).at(row, p, head, i));
      near(result.get(Z).at(row, p, head, i), all, `z of head ${head}, ${i}`);
    }
    for (let key = 0; key < 5; key++) {
      const all = PLACES.map(([row, q]) => clean.get(PATTERN).at(row, 0, q, key));
      near(result.get(PATTERN).at(row, 0, p, key), all, `pattern of key ${key}`);
    }
  }
});

Deno.test("a session that could intervene elsewhere too gives the same bits", async () => {
  const asked = { hooks: [PATTERN], interventions: [{ hook: Z, to: "zero", heads: [1] }] } as const;
  const alone = await run(MODEL, TEXTS, asked);
  const shared = await run(MODEL, TEXTS, { ...asked, intervene: [PATTERN] });
  assertSameBits(shared.get(PATTERN), alone.get(PATTERN), PATTERN);
  assertSameBits(shared.logits, alone.logits, "logits");
  const wrong = () => run(MODEL, TEXTS, { intervene: ["blocks.9.hook_z"] });
  await assertRejects(wrong, RangeError, "blocks.9.hook_z");
});

Deno.test("where interventions overlap the later one counts", async () => {
  const z = (await change(
    { hook: Z, to: Tensor.from(1), positions: [0, 1] },
    { hook: Z, to: Tensor.from([1, 2, 3, 4]), positions: [1, 2], heads: [0] },
    { hook: Z, to: "zero", positions: [2], rows: [1] },
  )).get(Z);
  assertEquals(z.get(0, 0).toNested(), [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]], "the first");
  assertEquals(z.get(0, 1).toNested(), [[1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1]], "the second");
  assertEquals(z.get(0, 2, 0).toNested(), [1, 2, 3, 4], "the second alone");
  assertEquals(z.get(1, 2).toNested(), [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], "the third");
});

Deno.test("a sweep in one batch has the bits of separate runs", async () => {
  for (const positions of ["rotary", "alibi"] as const) {
    const model = smallModel({ positions, d_model: EVEN });
    const heads = [0, 1, 2];
    const rows = heads.map(() => TEXTS[0]);
    const sweep = heads.map((head): Intervention => ({
      hook: Z,
      to: "zero",
      rows: [head],
      heads: [head],
    }));
    const swept = await runAll(model, rows, { interventions: sweep });
    for (const head of heads) {
      const interventions: Intervention[] = [{ hook: Z, to: "zero", heads: [head] }];
      const alone = await runAll(model, [TEXTS[0]], { interventions });
      for (const hook of hookNames(model)) {
        const what = `${model.name}, head ${head}: ${hook}`;
        assertSameBits(swept.get(hook).get(head), alone.get(hook).get(0), what);
      }
    }
  }
});

Deno.test("masks are true and patches filled where rows, positions and heads meet, nowhere else", () => {
  const { config } = MODEL;
  const some = (length: number) => {
    const all = Array.from({ length }, (_, i) => i);
    return fc.option(fc.subarray(all), { nil: undefined });
  };
  const choices = fc.record({
    hook: fc.constantFrom(hookOf(config, "hook_embed"), hookOf(config, Z), hookOf(config, PATTERN)),
    rows: some(2),
    positions: some(5),
    heads: some(3),
  });
  fc.assert(
    fc.property(choices, ({ hook: { name, axes }, rows, positions, heads }) => {
      const lengths = lengthsOf(config, 2, 5);
      const shape = axes.map((axis) => lengths[axis]);
      const to = new Tensor(Float32Array.from({ length: sizeOf(shape) }, (_, i) => i + 1), shape);
      const chosen = { hook: name, to, rows, positions, ...(axes.includes("head") && { heads }) };
      const feeds = interventionFeeds(config, [2, 5], [chosen]);
      const { booleans } = feeds[`${name}:mask`] as Booleans;
      const patch = feeds[`${name}:patch`] as Tensor;
      assertEquals(patch.shape, shape, "a patch for the whole hook");
      for (let i = 0; i < to.size; i++) {
        // The index of number i, axis by axis from the last.
        let rest = i;
        const index = shape.toReversed().map((length) => {
          const at = rest % length;
          rest = (rest - at) / length;
          return at;
        }).reverse();
        const inside = (axis: Axis, list?: number[]) =>
          !list || !axes.includes(axis) || list.includes(index[axes.indexOf(axis)]);
        const meet = inside("batch", rows) && inside("pos", positions) &&
          inside("query", positions) && inside("head", heads);
        assertEquals([booleans[i], patch.data[i]], meet ? [1, i + 1] : [0, 0], `${name}, ${index}`);
      }
    }),
    { seed: 6, numRuns: 60 },
  );
});

Deno.test("at keys and values heads are those that have them", async () => {
  const [values, read] = ["blocks.0.attn.hook_v", "blocks.0.attn.hook_z"];
  const model = smallModel(LLAMA); // two keys and values for six heads
  const zeroed = (heads: number[]) =>
    runAll(model, TEXTS, { interventions: [{ hook: values, to: "zero", heads }] });
  const z = (await zeroed([1])).get(read); // [batch, pos, n_heads, d_head]
  const gone = [0, 1, 2, 3, 4, 5].map((head) => z.get(1, 4, head).data.every((x) => x === 0));
  assertEquals(gone, [false, false, false, true, true, true], "the heads that read them");
  const message = `Cannot intervene at ${values}: key_value_head must be a whole number in [0, 2)`;
  await assertRejects(() => zeroed([2]), RangeError, message);
});

Deno.test("interventions that do not fit are refused with what would", async () => {
  const required = (axis: string, below: number, got: number) =>
    `Cannot intervene at ${Z}: ${axis} must be a whole number in [0, ${below}), got ${got}`;
  const cases: [Intervention, string][] = [
    [{ hook: "hook_q", to: "zero" }, "hook_q"],
    [{ hook: "blocks.0.attn.mask", to: "zero" }, "blocks.0.attn.mask"],
    [{ hook: Z, to: "zero", rows: [2] }, required("batch", 2, 2)],
    [{ hook: Z, to: "zero", rows: [-1] }, required("batch", 2, -1)],
    [{ hook: Z, to: "zero", positions: [5] }, required("pos", 5, 5)],
    [{ hook: Z, to: "zero", positions: [0.5] }, required("pos", 5, 0.5)],
    [{ hook: Z, to: "zero", heads: [0, 3] }, required("head", 3, 3)],
    [
      { hook: "hook_embed", to: "zero", heads: [0] },
      "Cannot intervene on heads at hook_embed: its axes are [batch,pos,d_model]",
    ],
    [
      { hook: Z, to: Tensor.full([5]) },
      `Cannot intervene at ${Z}: the replacement must fit [2,5,3,4], got [5]`,
    ],
    [
      { hook: Z, to: () => Tensor.full([1, 2, 5, 3, 4]) },
      `Cannot intervene at ${Z}: the replacement must fit [2,5,3,4], got [1,2,5,3,4]`,
    ],
  ];
  for (const [intervention, message] of cases) {
    await assertRejects(() => change(intervention), RangeError, message, message);
  }
});
