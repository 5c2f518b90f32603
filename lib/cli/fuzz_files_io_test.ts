/**
 * Files and arrays from outside may be corrupt or hostile. Thousands of them, from fixed seeds: each
 * ends in a result or in an error that says what was wrong. Too many for the plain suite.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { exportCheckpoint } from "../model/checkpoint/export_checkpoint.ts";
import { hooksOf } from "../model/hooks.ts";
import {
  makeConfig,
  makeModel,
  ModelFileError,
  openCheckpoint,
  randomWeights,
} from "../model/mod.ts";
import { readSafetensors } from "../model/files/safetensors.ts";
import { BYTE_LETTERS, byteLevelFile } from "../model/tokenizer/byte_level.ts";
import { filesOf } from "../model/testing/checkpoints.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";
import { encode, Graph } from "../onnx/mod.ts";
import { interventionFeeds } from "../runtime/interventions.ts";
import { GraphSession, openSessions } from "../runtime/session.ts";
import "../runtime/testing/start.ts";
import { Tensor } from "../tensor/tensor.ts";
import { ends, fuzz } from "./testing/fuzz.ts";
import { mutatedBytes, mutatedJson } from "./testing/mutated.ts";

const SIZES = { n_layers: 1, d_model: 4, n_heads: 2, d_mlp: 6, d_vocab: 262, n_ctx: 5 };
const GPT2 = makeConfig({ ...SIZES, tied: true });
const LLAMA = makeConfig({
  ...SIZES,
  ...{ normalization: "RMS", act_fn: "silu", gated_mlp: true, positions: "rotary", biases: false },
});
const checkpoints = [GPT2, LLAMA].map((config) =>
  exportCheckpoint(makeModel("fuzzed", config, randomWeights(config, 1)))
);
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

for (const files of checkpoints) {
  const weights = files["model.safetensors"];
  const { architectures: [kind] } = parsed(files["config.json"]);
  fuzz(
    `broken weights of a ${kind}`,
    3000,
    mutatedBytes(weights),
    (bytes) => ends(() => void readSafetensors(bytes), ModelFileError),
  );
  fuzz(
    `odd configs of a ${kind}`,
    2500,
    mutatedJson(parsed(files["config.json"])),
    (config) =>
      ends(
        () =>
          openCheckpoint(
            filesOf({ "config.json": JSON.stringify(config), "model.safetensors": weights }),
          ),
        ModelFileError,
      ),
  );
}

const vocab = Object.fromEntries(
  [...BYTE_LETTERS, "ab", "abc", "Ġa"].map((token, id) => [token, id]),
);
const tokenizer = byteLevelFile(vocab, ["a b", "ab c", "Ġ a"], []);
fuzz("odd tokenizers", 1500, fc.tuple(mutatedJson(tokenizer), fc.string({ unit: "binary" })), (
  [json, text],
) =>
  ends(
    async () => {
      const files = { ...checkpoints[0], "tokenizer.json": JSON.stringify(json) };
      const { tokenizer } = await openCheckpoint(filesOf(files));
      const ids = tokenizer!.encode(text);
      assert(
        ids.every((id) => Number.isInteger(id) && id >= 0 && id < 262),
        `ids of the model: ${ids}`,
      );
      assertEquals(typeof tokenizer!.decode(ids), "string");
    },
    ModelFileError,
    RangeError,
  ));

const plusOne = new Graph();
plusOne.name(plusOne.add(plusOne.input("x", "float32", ["n", 2]), 1), "y");
const onnx = encode(plusOne, ["y"]);
Deno.test("500 broken ONNX files", async () => {
  const before = openSessions();
  const attempt = async (bytes: Uint8Array) => {
    const session = await GraphSession.of(bytes, ["y"]).catch((error) => error as Error);
    if (session instanceof GraphSession) await session.release();
    else assert(session.message.length > 0, "a reason");
  };
  const property = fc.asyncProperty(mutatedBytes(onnx), attempt);
  await fc.assert(property, { seed: 14, numRuns: 500 });
  assertEquals(openSessions(), before, "no session stays open");
  const session = await GraphSession.of(onnx, ["y"]);
  const { y } = await session.run({ x: Tensor.from([[1, 2]]) });
  assertEquals(y.toNested(), [[2, 3]], "and the runtime goes on");
  await session.release();
});

const oddNumber = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 10 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, NaN, Infinity, 2 ** 53, -0, 11, 1e9) },
);
const oddValue = fc.oneof(
  { weight: 12, arbitrary: oddNumber },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, "1", [], {}, 1n, true) },
);
const rows = fc.array(fc.array(oddValue, { maxLength: 9 }), { maxLength: 3 });
const model = smallModel();
fuzz("odd arrays of tokens", 3000, rows, (tokens) =>
  ends(() => {
    const { integers, shape } = checkTokens(model.config, tokens as Tokens);
    assert(integers.every((id) => id >= 0 && id < 11) && shape[1] <= 8, `${integers}`);
  }, RangeError));

const hook = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...hooksOf(model.config).map(({ name }) => name)) },
  { weight: 1, arbitrary: fc.constantFrom("", "toString", "blocks.9.attn.hook_z", "__proto__") },
);
const places = fc.option(fc.array(oddNumber, { maxLength: 3 }), { nil: undefined, freq: 1 });
const to = fc.oneof(
  fc.constant("zero" as const),
  fc.array(fc.nat({ max: 5 }), { maxLength: 5 }).map((shape) => Tensor.full(shape)),
);
const intervention = fc.record({ hook, to, rows: places, positions: places, heads: places });
fuzz(
  "odd interventions",
  1500,
  fc.array(intervention, { maxLength: 2 }),
  (interventions) =>
    ends(() => {
      const feeds = interventionFeeds(model.config, [2, 5], interventions);
      for (const { shape } of Object.values(feeds)) assert(shape.every((n) => n > 0), `${shape}`);
    }, RangeError),
);
