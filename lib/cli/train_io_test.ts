/** The command on a tiny recipe in a project of its own: called, stopped, killed, out of space. */
import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { parseCard } from "../model/card.ts";
import { loadCheckpoint } from "../model/checkpoint.ts";
import { Random } from "../tensor/random.ts";
import { decodeState, encodeState } from "../training/checkpoint_file.ts";
import { startTraining } from "../training/loop.ts";
import type { Recipe } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { ended, sleep, TrainProject } from "./testing/train_project.ts";

/** Enough that a run lasts a second, most of it spent on saving where every step is saved. */
const RECIPE = tinyRecipe({ steps: 300 });

let whole: Promise<Uint8Array> | undefined;
/** The weights of a run that nothing interrupted, in a process of its own. */
function uninterrupted(): Promise<Uint8Array> {
  return whole ??= (async () => {
    await using project = await TrainProject.make(RECIPE.steps);
    const { code, output } = await ended(project.start(["tiny"]));
    assertEquals(code, 0, output);
    return await project.model();
  })();
}

Deno.test("a model is trained into its fixture, and training it again gives the same bytes", async () => {
  await using project = await TrainProject.make(30);
  const first = await project.call("tiny");
  assertEquals(first.code, 0, first.output);
  const masked = first.output.replaceAll(/\d+\.\d+/g, "X").replaceAll(/[0-9a-f]{64}/g, "HASH");
  assertEquals(
    masked.replace(/\d+ tokens\/s/, "N tokens/s").replace(/in \d s/, "in N s"),
    [
      "tiny: from the beginning",
      `tiny [${"#".repeat(24)}] step 30/30  loss X  N tokens/s  0 s left`,
      "  training loss at the end: X nats per token",
      "  loss on counting: X nats per token",
      "  360 tokens in N s",
      "  weights: SHA-256 HASH; no card to compare with",
      "  written to fixtures/tiny",
      "",
    ].join("\n"),
  );
  const read = async (file: string) =>
    JSON.parse(await Deno.readTextFile(new URL(`fixtures/tiny/${file}`, project.root)));
  const card = await read("card.json");
  assertEquals(parseCard(card).steps, 30);
  const weights = await project.model();
  await loadCheckpoint({ config: await read("config.json"), weights, card });
  assertEquals(await project.filesIn(".training/"), [], "the checkpoint is gone");

  const second = await project.call("--all");
  assertEquals(second.code, 0, second.output);
  assertStringIncludes(
    second.output,
    `weights: the card's, bit for bit: SHA-256 ${card.weights_sha256}`,
  );
  assertStringIncludes(second.output, `(card: ${card.figures[0].value.toFixed(4)})`);
  assertEquals(await project.model(), weights, "the same bytes");
});

Deno.test("a trial leaves the fixture and the checkpoint of a real run alone", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await project.write(new Uint8Array(5));
  const { code, output } = await project.call("tiny", "--steps=3");
  assertEquals(code, 0, output);
  assertStringIncludes(output, "step 3/3");
  assertEquals(await project.filesIn("fixtures/tiny/"), ["recipe.ts"]);
  assertEquals(await project.filesIn(".training/"), ["tiny"]);
  assertEquals(await Deno.readFile(project.checkpoint), new Uint8Array(5));
});

Deno.test("recipes are listed with their sizes; a wrong call says what is right", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  assertEquals(await project.call("--list"), {
    code: 0,
    output: "tiny             1 layers, d_model 8    0.0M tokens    to be trained in tests\n",
  });
  assertMatch((await project.call("--help")).output, /^usage: deno task train NAME/);
  const wrong = {
    'No recipe "tony": there are tiny': ["tony"],
    'There is no option "fast": see --help': ["tiny", "--fast"],
    '--steps must be a whole number from 1 to 999999999, got "-1"': ["tiny", "--steps=-1"],
    "Cannot train: names or --all are required, got neither: see --help": [],
  };
  for (const [message, args] of Object.entries(wrong)) {
    assertEquals(await project.call(...args), { code: 2, output: `! ${message}\n` });
  }
  assertEquals(await project.filesIn("./"), ["fixtures", "main.ts"], "nothing was written");
});

Deno.test("deno task train has the permissions that it needs to find the project's recipes", async () => {
  const args = ["task", "train", "--list"];
  const cwd = new URL("../../", import.meta.url);
  const streams = { stdin: "null", stdout: "piped", stderr: "piped" } as const;
  const { code, output } = await ended(
    new Deno.Command(Deno.execPath(), { args, cwd, ...streams }).spawn(),
  );
  assertEquals(code, 0, output);
  for (const name of ["attn-2l", "gpt", "gpt-masked", "gpt-unmasked"]) {
    assertMatch(output, new RegExp(`^${name} +\\d+ layers, d_model \\d+`, "m"));
  }
});

Deno.test("a recipe must have the name of its folder", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await Deno.rename(new URL("fixtures/tiny", project.root), new URL("fixtures/tony", project.root));
  assertEquals(await project.call("--list"), {
    code: 1,
    output: '! fixtures/tony/recipe.ts: its name must be "tony", got "tiny"\n',
  });
});

Deno.test("a checkpoint that cannot be continued is named, and nothing is overwritten", async () => {
  const good = await encodeState(RECIPE, await startTraining(RECIPE));
  const flipped = good.with(good.length - 2, good[good.length - 2] ^ 1);
  const older: Recipe = { ...RECIPE, optimizer: { ...RECIPE.optimizer, rate: 0.5 } };
  const wrong = {
    "cut short": [good.slice(0, -100), /its data must be|bytes/],
    "damaged": [flipped, /It is damaged: its SHA-256 must be [0-9a-f]{64}, got/],
    "of another recipe": [
      await encodeState(older, await startTraining(older)),
      /It is of another recipe: optimizer\.rate must be 0\.02, got 0\.5/,
    ],
  } as const;
  await using project = await TrainProject.make(RECIPE.steps);
  for (const [what, [bytes, message]] of Object.entries(wrong)) {
    await project.write(bytes);
    const { code, output } = await project.call("tiny", "--resume");
    assertEquals(code, 1, what);
    assertMatch(output, /^! Cannot go on from .*train .*checkpoint\.safetensors: /, what);
    assertMatch(output, message, what);
    assertEquals(await Deno.readFile(project.checkpoint), bytes, what);
    assertEquals(await project.filesIn("fixtures/tiny/"), ["recipe.ts"], what);
  }
});

Deno.test("killed at any moment, a run leaves a whole checkpoint and ends in the same bytes", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  const random = new Random("kills");
  let [step, time] = [0, 0];
  for (let kill = 0; kill < 4; kill++) {
    const child = project.start(["tiny", "--resume", "--save-every=1"]);
    const end = ended(child);
    await Promise.race([project.savedAfter(time), end]);
    await sleep(random.integer(0, 30));
    child.kill("SIGKILL");
    const { code, output } = await end;
    assertEquals(code, 128 + 9, `it was still running: ${output}`);
    const state = await decodeState(RECIPE, await Deno.readFile(project.checkpoint));
    assertGreater(state.optimizer.step, step, "it came further than the run before");
    assertEquals(state.losses.length, state.optimizer.step);
    step = state.optimizer.step;
    time = (await Deno.stat(project.checkpoint)).mtime!.getTime();
  }
  const { code, output } = await ended(project.start(["tiny", "--resume"]));
  assertEquals(code, 0, output);
  assertStringIncludes(output, `tiny: from step ${step}\n`);
  assertEquals(await project.model(), await uninterrupted(), "the weights' bytes");
});

Deno.test("Ctrl-C saves the step under way and exits with 130; the run can be taken up again", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  const child = project.start(["tiny", "--save-every=1"]);
  const end = ended(child);
  await Promise.race([project.savedAfter(), end]);
  child.kill("SIGINT");
  const { code, output } = await end;
  assertEquals(code, 130, output);
  const stopped = /tiny: stopped at step (\d+); go on with --resume\n/.exec(output);
  assert(stopped, output);
  const state = await decodeState(RECIPE, await Deno.readFile(project.checkpoint));
  assertEquals(state.optimizer.step, Number(stopped[1]), "the step that it says it stopped at");
  assertEquals(await project.filesIn("fixtures/tiny/"), ["recipe.ts"], "nothing half trained");

  const resumed = await ended(project.start(["tiny", "--resume"]));
  assertEquals(resumed.code, 0, resumed.output);
  assertEquals(await project.model(), await uninterrupted(), "the weights' bytes");
});

Deno.test("when a checkpoint cannot be written the last one stays, and the run fails with the reason", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  const last = await encodeState(RECIPE, await startTraining(RECIPE));
  await project.write(last);
  // No file may grow beyond 8 blocks of 512 bytes; the signal that tells so is not to kill.
  const { code, output } = await ended(
    project.start(["tiny", "--resume", "--save-every=2"], "trap '' XFSZ; ulimit -f 8"),
  );
  assertEquals(code, 1, output);
  assertMatch(output, /Cannot write .*checkpoint\.safetensors: File too large/);
  assertEquals(await Deno.readFile(project.checkpoint), last, "the last checkpoint");
  assertEquals(await project.filesIn(".training/tiny/"), ["checkpoint.safetensors"], "no remains");
  assertEquals(await project.filesIn("fixtures/tiny/"), ["recipe.ts"]);
});
