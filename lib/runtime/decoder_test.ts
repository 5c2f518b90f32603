import "./testing/give_back.ts";
import { assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import type { Model } from "../model/model.ts";
import { LLAMA, oneOfEach, smallModel } from "../model/testing/small_models.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { maxAbs, maxDifference, stack, type Tensor } from "../tensor/mod.ts";
import { Decoder } from "./decoder.ts";
import { run } from "./run.ts";

const DEEP = smallModel({ n_layers: 3, positions: "rotary", normalization: "none" });
const TOKENS = [[1, 2, 3, 4, 5, 0], [10, 0, 7, 7, 2, 9], [3, 3, 3, 3, 3, 3]];

/** Decodes rows in pieces of the given lengths: the logits of all positions, [batch, pos, d_vocab]. */
async function decode(model: Model, rows: number[][], pieces: number[]): Promise<Tensor> {
  const decoder = new Decoder(model);
  const logits: Tensor[] = [];
  for (const piece of pieces) {
    const from = decoder.length;
    logits.push(await decoder.step(rows.map((row) => row.slice(from, from + piece))));
  }
  const positions = logits.flatMap((part, i) =>
    Array.from({ length: pieces[i] }, (_, p) => [part, p] as const)
  );
  return stack(rows.map((_, row) => stack(positions.map(([part, p]) => part.get(row, p)))));
}

/** Fails where logits are not those of one pass, but for rounding. */
function assertNear(given: Tensor, whole: Tensor, what: string): void {
  // The same products in sums of at most 12: another order of adding changes a few roundings,
  // of 2^-24 = 6e-8 each, in each of up to seven sub-layers. The pinned runtime changes none.
  assertLess(maxDifference(given, whole), 2e-6 * maxAbs(whole), what);
}

Deno.test("decoding token by token, or in pieces, gives the logits of one pass", async () => {
  const others = (["same", "full"] as const).map((query_key) => smallModel({ query_key }));
  for (const model of [...oneOfEach(), ...others, DEEP, smallModel(LLAMA)]) {
    const { logits } = await run(model, TOKENS);
    for (const pieces of [[1, 1, 1, 1, 1, 1], [2, 3, 1], [6]]) {
      const decoded = await decode(model, TOKENS, pieces);
      assertEquals(decoded.shape, [3, 6, 11], "three rows, six positions, eleven words");
      const what = `${model.name}, ${model.config.n_layers} layers, in pieces of ${pieces}`;
      assertNear(decoded, logits, what);
    }
  }
});

Deno.test("a model without blocks decodes too, and keeps count of its rows", async () => {
  const model = smallModel({ n_layers: 0 });
  const decoded = await decode(model, TOKENS, [4, 2]);
  assertSameBits(decoded, (await run(model, TOKENS)).logits, "no sum is cut in pieces here");
  const decoder = new Decoder(model);
  await decoder.step([[1], [2]]);
  const message = "Cannot go on decoding: 2 rows required, got 1";
  await assertRejects(() => decoder.step([[3]]), RangeError, message, "one text is gone");
});

Deno.test("a step that is refused leaves the text as it was", async () => {
  const model = smallModel({ n_ctx: 4 });
  const decoder = new Decoder(model);
  assertEquals(decoder.length, 0, "nothing yet");
  await decoder.step([[1, 2, 3]]);
  const rows = "Cannot go on decoding: 1 rows required, got 2";
  await assertRejects(() => decoder.step([[4], [4]]), RangeError, rows, "another text");
  const long = "Cannot run 5 tokens: the model has n_ctx = 4 learned positions";
  await assertRejects(() => decoder.step([[4, 5]]), RangeError, long, "past the table's end");
  await assertRejects(() => decoder.step([[-1]]), RangeError, "got -1", "no token");
  assertEquals(decoder.length, 3, "three tokens are in");
  const last = (await decoder.step([[4]])).get(0, 0);
  const whole = (await run(model, [[1, 2, 3, 4]])).logits.get(0, 3);
  assertNear(last, whole, "the fourth goes on from there");
  assertEquals(decoder.length, 4, "the table is full");
  await assertRejects(() => decoder.step([[1]]), RangeError, long, "nothing fits any more");
});

Deno.test("steps that are not awaited wait for each other", async () => {
  const model = smallModel();
  const decoder = new Decoder(model);
  const steps = TOKENS[0].map((token) => decoder.step([[token]]));
  const { logits } = await run(model, [TOKENS[0]]);
  for (const [p, step] of steps.entries()) {
    assertNear((await step).get(0, 0), logits.get(0, p), `position ${p}`);
  }
});

Deno.test("two decoders of one model do not meet", async () => {
  const model = smallModel();
  const [a, b] = [new Decoder(model), new Decoder(model)];
  await a.step([[1, 2]]);
  await b.step([[7, 7, 7]]);
  const whole = (await run(model, [[1, 2, 3]])).logits.get(0, 2);
  assertNear((await a.step([[3]])).get(0, 0), whole, "1, 2, 3");
  assertEquals([a.length, b.length], [3, 3], "each has its own count");
});

Deno.test("a model that looks ahead cannot decode", () => {
  const model = smallModel({ causal: false });
  const message = `Cannot decode with ${model.name}: a causal model is required`;
  assertThrows(() => new Decoder(model), RangeError, message);
});
