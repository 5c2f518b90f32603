import "../runtime/testing/start.ts";
import { fileURLToPath } from "node:url";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { loadFixture } from "../../fixtures/fixture.ts";
import { transformers } from "../../fixtures/models/index.ts";
import { call } from "../claims/testing/call.ts";
import {
  exportCheckpoint,
  gpt2,
  hooksOf,
  makeConfig,
  makeModel,
  type Model,
  randomWeights,
} from "../model/mod.ts";
import { LLAMA } from "../model/testing/small_models.ts";
import { releaseSessions, run } from "../runtime/mod.ts";
import { Tensor } from "../tensor/mod.ts";
import { assertSameBits } from "../tensor/testing/assert_same_bits.ts";
import { temporaryFolder } from "../training/testing/temporary_folder.ts";
import { exportCommand } from "./export.ts";

const ROOT = new URL("../../", import.meta.url);
const PLAIN = fileURLToPath(new URL("../runtime/testing/plain_onnx.ts", import.meta.url));
const TOKENS = [[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]];
const HOOK = "blocks.0.attn.hook_pattern";

/** What the command says, and what it exits with. */
async function exported(...args: string[]): Promise<{ code: number; said: string }> {
  let said = "";
  const write = (text: string) => void (said += text);
  const place = { root: ROOT, screen: { terminal: false, write }, complain: write };
  return { code: await exportCommand(args, place), said };
}

/** Runs a file where nothing of this project is. */
async function runPlainly(file: string) {
  const args = ["run", "--allow-read", PLAIN, file, JSON.stringify(TOKENS), "logits", HOOK];
  const { code, stdout, output } = await call(ROOT, Deno.execPath(), args);
  assertEquals(code, 0, output);
  const { inputs, outputs, results } = JSON.parse(stdout);
  const tensor = (name: string) => {
    const { dims, bytes } = results[name];
    return new Tensor(new Float32Array(Uint8Array.fromBase64(bytes).buffer), dims);
  };
  return { inputs, outputs, tensor };
}

async function assertRunsAlike(file: string, model: Model): Promise<void> {
  const { inputs, outputs, tensor } = await runPlainly(file);
  assertEquals(inputs, ["tokens"]);
  assertEquals(outputs.toSorted(), hooksOf(model.config).map(({ name }) => name).toSorted());
  const ours = await run(model, TOKENS, { hooks: [HOOK] });
  assertSameBits(tensor("logits"), ours.logits, `${model.name}: logits`);
  assertSameBits(tensor(HOOK), ours.get(HOOK), `${model.name}: ${HOOK}`);
  await releaseSessions();
}

Deno.test("a file of one of our models has the same bits in a runtime that knows nothing of us", async () => {
  await using folder = await temporaryFolder();
  const file = fileURLToPath(new URL("rotary.onnx", folder.url));
  const { code, said } = await exported("rotary/1", `--onnx=${file}`);
  assertEquals([code, said], [0, `${file}: 0.7 MB, rotary/1 with its hooks\n`]);
  await assertRunsAlike(file, await loadFixture(transformers["rotary/1"], gpt2));
  assertEquals(await folder.names(), ["rotary.onnx"], "nothing is left over");
});

Deno.test("and so has a file of a checkpoint's folder", async () => {
  await using folder = await temporaryFolder();
  const sizes = { n_layers: 2, d_model: 12, d_vocab: 11, n_ctx: 8 };
  const config = makeConfig({ ...sizes, ...LLAMA, rotary_adjacent_pairs: false, n_heads: 6 });
  const model = makeModel("llama", config, randomWeights(config, 1));
  for (const [name, bytes] of Object.entries(exportCheckpoint(model))) {
    await Deno.writeFile(new URL(name, folder.url), bytes);
  }
  const path = fileURLToPath(folder.url);
  const { code, said } = await exported(path, `--onnx=${path}/llama.onnx`);
  assertEquals(code, 0, said);
  await assertRunsAlike(`${path}/llama.onnx`, model);
});

Deno.test("a wrong call is refused in words, and writes nothing", async () => {
  await using folder = await temporaryFolder();
  const at = `--onnx=${fileURLToPath(folder.url)}/x.onnx`;
  const refused: [string[], string][] = [
    [["rotary/1"], "Where to? --onnx needs a file"],
    [[at], "one model is required, got none"],
    [["rotary/1", "gpt", at], "one model is required, got rotary/1, gpt"],
    [["rotary/1", at, "--all"], 'There is no option "all"'],
    [["rotary/9", at], '"rotary/9" is none of our models, and no folder of one: Cannot read the'],
    [["rotary/1", `${at}/y/z.onnx`], "Cannot write"],
  ];
  for (const [args, message] of refused) {
    const { code, said } = await exported(...args);
    assertEquals(code, 2, said);
    assertStringIncludes(said, message);
  }
  assertEquals(await folder.names(), []);
  assertStringIncludes((await exported("--help")).said, "usage: deno task export");
});
