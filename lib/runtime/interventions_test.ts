import "./testing/start.ts";
import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type Axis, type Hook, hookOf, hooksOf } from "../model/hooks.ts";
import type { Model } from "../model/model.ts";
import { oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { sizeOf, Tensor } from "../tensor/tensor.ts";
import type { Booleans } from "./session.ts";
import { type Intervention, interventionFeeds } from "./interventions.ts";
import { releaseSessions } from "./pool.ts";
import { run } from "./run.ts";
import { assertSameRun, hookNames, runAll } from "./testing/run_all.ts";

const TOKENS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];
const MODEL = smallModel({ n_layers: 2 });
const Z = "blocks.0.attn.hook_z";
const PATTERN = "blocks.1.attn.hook_pattern";

Deno.test.afterAll(releaseSessions);

/** A change at every hook of the table. */
function everywhere(
  { config }: Model,
  change: (hook: Hook) => Omit<Intervention, "hook">,
): Intervention[] {
  return hooksOf(config).map((hook) => ({ hook: hook.name, ...change(hook) }));
}

for (const model of oneOfEach()) {
  Deno.test(`what chooses nothing or puts back what was there changes no bit: ${model.name}`, async () => {
    const clean = await runAll(model, TOKENS);
    const heads = (axes: readonly Axis[]) => axes.includes("head") ? { heads: [] } : { rows: [] };
    const changes: Record<string, Intervention[]> = {
      "none at all": [],
      "no row": everywhere(model, () => ({ to: "zero", rows: [] })),
      "no position": everywhere(model, () => ({ to: "mean", positions: [] })),
      "no head": everywhere(model, ({ axes }) => ({ to: "zero", ...heads(axes) })),
      "its own value": everywhere(model, ({ name }) => ({ to: clean.get(name) })),
      "its own value by a function": everywhere(model, () => ({ to: (value) => value })),
    };
    for (const [what, interventions] of Object.entries(changes)) {
      assertSameRun(model, await runAll(model, TOKENS, { interventions }), clean, what);
    }
  });
}

Deno.test("zeros stand where they were asked for and everything follows from them", async () => {
  const model = MODEL;
  const hook = "blocks.0.hook_attn_out";
  const clean = await runAll(model, TOKENS);
  const zeroed = { hook, to: "zero", rows: [1], positions: [2, 4] } as const;
  const result = await runAll(model, TOKENS, { interventions: [zeroed] });
  for (let row = 0; row < 2; row++) {
    for (let p = 0; p < 5; p++) {
      const chosen = row === 1 && (p === 2 || p === 4);
      const place = `row ${row}, position ${p}`;
      const expected = chosen ? Tensor.full([10]) : clean.get(hook).get(row, p);
      assertSameBits(result.get(hook).get(row, p), expected, `${hook} at ${place}`);
      // The stream after attention is the stream before it plus nothing.
      const stream = chosen ? "blocks.0.hook_resid_pre" : "blocks.0.hook_resid_mid";
      const mid = result.get("blocks.0.hook_resid_mid").get(row, p);
      assertSameBits(mid, clean.get(stream).get(row, p), `the stream at ${place}`);
    }
  }
  assertSameBits(result.logits.get(0), clean.logits.get(0), "the other row's logits");
  const later = result.logits.get(1);
  assertSameBits(later.get(1), clean.logits.get(1, 1), "an earlier position's logits");
  for (const p of [2, 3, 4]) assert(`${later.get(p).data}` !== `${clean.logits.get(1, p).data}`);
});

Deno.test("heads are chosen at hooks of any layout", async () => {
  const model = MODEL;
  const clean = await runAll(model, TOKENS);
  const interventions: Intervention[] = [
    { hook: Z, to: "zero", heads: [2], positions: [3] }, // [batch, pos, n_heads, d_head]
    { hook: PATTERN, to: Tensor.from(9), heads: [1], rows: [0], positions: [4] }, // [batch, n_heads, query, key]
  ];
  const result = await runAll(model, TOKENS, { interventions });
  for (let row = 0; row < 2; row++) {
    for (let p = 0; p < 5; p++) {
      for (let head = 0; head < 3; head++) {
        const place = `row ${row}, position ${p}, head ${head}`;
        const z = head === 2 && p === 3 ? Tensor.full([4]) : clean.get(Z).get(row, p, head);
        assertSameBits(result.get(Z).get(row, p, head), z, `${Z}, ${place}`);
        if (head !== 1 || row !== 0 || p !== 4) continue;
        const pattern = result.get(PATTERN).get(row, head, p);
        assertSameBits(pattern, Tensor.full([5], 9), `${PATTERN}, ${place}: the query's row`);
      }
    }
  }
  const other = await run(model, TOKENS, {
    hooks: [PATTERN],
    interventions: interventions.slice(0, 1),
  });
  const elsewhere = result.get(PATTERN).map((x, i) => i >= 45 && i < 50 ? 0 : x); // head 1, query 4
  const expected = other.get(PATTERN).map((x, i) => i >= 45 && i < 50 ? 0 : x);
  assertSameBits(elsewhere, expected, "no other row, head or query");
});

Deno.test("the mean is the clean run's, over rows and positions, for each head and key", async () => {
  const model = MODEL;
  const clean = await runAll(model, TOKENS);
  const interventions: Intervention[] = [
    { hook: "hook_embed", to: "zero" }, // what comes before does not change the means
    { hook: Z, to: "mean", rows: [1] },
    { hook: PATTERN, to: "mean", heads: [0] },
  ];
  const result = await runAll(model, TOKENS, { interventions });
  const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const places = [0, 1].flatMap((row) => [0, 1, 2, 3, 4].map((p) => [row, p]));
  // Summed in double precision in another order and rounded once: apart by one rounding at most.
  const near = (given: number, expected: number, what: string) =>
    assert(Math.abs(given - expected) <= 2 ** -23 * Math.abs(expected), `${what}: ${given}`);
  for (const [row, p] of places) {
    for (let head = 0; head < 3; head++) {
      for (let i = 0; i < 4; i++) {
        const expected = mean(places.map(([row, p]) => clean.get(Z).at(row, p, head, i)));
        if (row === 1) near(result.get(Z).at(row, p, head, i), expected, `z of head ${head}, ${i}`);
      }
    }
    for (let key = 0; key < 5; key++) {
      const expected = mean(places.map(([row, q]) => clean.get(PATTERN).at(row, 0, q, key)));
      near(result.get(PATTERN).at(row, 0, p, key), expected, `pattern of key ${key}`);
    }
  }
});

Deno.test("a session that could intervene elsewhere too gives the same bits", async () => {
  const interventions = [{ hook: Z, to: "zero", heads: [1] }] as const;
  const alone = await run(MODEL, TOKENS, { hooks: [PATTERN], interventions });
  const shared = await run(MODEL, TOKENS, {
    hooks: [PATTERN],
    interventions,
    intervene: [PATTERN],
  });
  assertSameBits(shared.get(PATTERN), alone.get(PATTERN), PATTERN);
  assertSameBits(shared.logits, alone.logits, "logits");
  await assertRejects(
    () => run(MODEL, TOKENS, { intervene: ["blocks.9.hook_z"] }),
    RangeError,
    "blocks.9.hook_z",
  );
});

Deno.test("where interventions overlap the later one counts", async () => {
  const model = MODEL;
  const interventions: Intervention[] = [
    { hook: Z, to: Tensor.from(1), positions: [0, 1] },
    { hook: Z, to: Tensor.from([1, 2, 3, 4]), positions: [1, 2], heads: [0] },
    { hook: Z, to: "zero", positions: [2], rows: [1] },
  ];
  const z = (await run(model, TOKENS, { hooks: [Z], interventions })).get(Z);
  assertEquals(z.get(0, 0).toNested(), [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]], "the first");
  assertEquals(z.get(0, 1).toNested(), [[1, 2, 3, 4], [1, 1, 1, 1], [1, 1, 1, 1]], "the second");
  assertEquals(z.get(0, 2, 0).toNested(), [1, 2, 3, 4], "the second alone");
  assertEquals(z.get(1, 2).toNested(), [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], "the third");
});

Deno.test("a sweep in one batch has the bits of separate runs", async () => {
  for (const model of [smallModel({ positions: "rotary" }), smallModel({ positions: "alibi" })]) {
    const heads = [0, 1, 2];
    const rows = heads.map(() => TOKENS[0]);
    const sweep = heads.map((head): Intervention => ({
      hook: Z,
      to: "zero",
      rows: [head],
      heads: [head],
    }));
    const swept = await runAll(model, rows, { interventions: sweep });
    for (const head of heads) {
      const interventions: Intervention[] = [{ hook: Z, to: "zero", heads: [head] }];
      const alone = await runAll(model, [TOKENS[0]], { interventions });
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
      const lengths: Partial<Record<Axis, number>> = { batch: 2, head: 3, d_model: 10, d_head: 4 };
      const shape = axes.map((axis) => lengths[axis] ?? 5);
      const to = new Tensor(Float32Array.from({ length: sizeOf(shape) }, (_, i) => i + 1), shape);
      const chosen = { hook: name, to, rows, positions, ...(axes.includes("head") && { heads }) };
      const feeds = interventionFeeds(config, [2, 5], [chosen], () => to);
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

Deno.test("interventions that do not fit are refused with what would", async () => {
  const model = MODEL;
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
    const attempt = () => run(model, TOKENS, { interventions: [intervention] });
    await assertRejects(attempt, RangeError, message, message);
  }
});
