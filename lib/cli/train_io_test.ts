/** The command on a tiny recipe in a project of its own: called, stopped, killed, out of space. */
import { assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import memoize from "memoize";
import { gpt2, loadModel, readCard } from "../model/mod.ts";
import { Random } from "../tensor/mod.ts";
import { learnerOf } from "./fixtures/any_recipe.ts";
import { startTraining } from "../training/loop.ts";
import { readFrom } from "../training/read_from.ts";
import type { Recipe } from "../training/recipe.ts";
import { decodeSnapshot, encodeSnapshot } from "../training/snapshot.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { start } from "../claims/testing/call.ts";
import { endedWith, type Kind, TrainProject } from "./testing/train_project.ts";

/** Enough that a run lasts a second, most of it spent on saving where every step is saved. */
const RECIPE = tinyRecipe({ steps: 300 });
const FIXTURE = "fixtures/models/tiny/";

/** What is interrupted below: a plain recipe, and seeds that go on from weights there were before. */
const KINDS: Readonly<Record<Kind, string>> = { one: "a run", seeds: "a run of several seeds" };

/** The weights of a run that nothing interrupted, in a process of its own. */
const uninterrupted = memoize(async (kind: Kind): Promise<Uint8Array[]> => {
  await using project = await TrainProject.make(RECIPE.steps, kind);
  await project.run(0, ["tiny"]);
  return await project.weights();
});

/** A snapshot before the first step. */
async function firstSnapshot(recipe: Recipe): Promise<Uint8Array> {
  return await encodeSnapshot(recipe, await startTraining(await learnerOf(recipe)));
}

/** How far the snapshot that is there has come. */
async function stateOf(project: TrainProject) {
  return await decodeSnapshot(project.recipes[0], await Deno.readFile(project.snapshot));
}

/** Takes up what was interrupted, which must end in the same bytes. */
async function takeUp(project: TrainProject, kind: Kind): Promise<string> {
  const output = await project.run(0, ["tiny", "--resume"]);
  assertEquals(await project.weights(), await uninterrupted(kind), "the weights' bytes");
  return output;
}

Deno.test("a model is trained into its fixture, and training it again gives the same bytes", async () => {
  await using project = await TrainProject.make(30);
  const first = await project.call(0, "tiny");
  const masked = first.replaceAll(/\d+\.\d+/g, "X").replaceAll(/[0-9a-f]{64}/g, "HASH");
  assertEquals(
    masked.replace(/\d+ tokens\/s/, "N tokens/s").replace(/in \d s/, "in N s"),
    [
      "tiny: from the beginning",
      `tiny [${"#".repeat(24)}] step 30/30  loss X  N tokens/s  0 s left`,
      "  training loss at the end: X nats per token",
      "  loss on counting: X nats per token",
      "  360 tokens in N s",
      "  weights: SHA-256 HASH; no card to compare with",
      "  written to fixtures/models/tiny",
      "",
    ].join("\n"),
  );
  const read = readFrom(project.url(FIXTURE));
  const card = await readCard(read);
  assertEquals(card.steps, 30);
  assertEquals((await loadModel(read, gpt2)).name, "tiny");
  const before = await project.weights();
  assertEquals(await project.folder.names(".training/"), [], "the snapshot is gone");

  const second = await project.call(0, "--all");
  assertStringIncludes(second, `weights: the card's, bit for bit: SHA-256 ${card.weights_sha256}`);
  assertStringIncludes(second, `(card: ${card.figures[0].value.toFixed(4)})`);
  assertEquals(await project.weights(), before, "the same bytes");
});

Deno.test("a trial leaves the fixture and the snapshot of a real run alone", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await project.write(new Uint8Array(5));
  assertStringIncludes(await project.call(0, "tiny", "--steps=3"), "step 3/3");
  assertEquals(await project.folder.names(FIXTURE), ["recipe.ts"]);
  assertEquals(await project.folder.names(".training/"), ["tiny"]);
  assertEquals(await Deno.readFile(project.snapshot), new Uint8Array(5));
});

Deno.test("recipes are listed with their sizes; a wrong call says what is right", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  assertEquals(
    await project.call(0, "--list"),
    "tiny  1 layer, d_model 8  0.0M tokens  not trained  to be trained in tests\n",
  );
  assertMatch(await project.call(0, "--help"), /^usage: deno task train NAME/);
  const wrong = {
    'No recipe "tony": there are tiny': ["tony"],
    'There is no option "fast": see --help': ["tiny", "--fast"],
    '--steps must be a whole number from 1 to 999999999, got "-1"': ["tiny", "--steps=-1"],
    "Cannot train: names or --all are required, got neither: see --help": [],
  };
  for (const [message, args] of Object.entries(wrong)) {
    assertEquals(await project.call(2, ...args), `! ${message}\n`);
  }
  assertEquals(await project.folder.names(), ["fixtures", "main.ts"], "nothing was written");
});

Deno.test("deno task train has the permissions that it needs to find the project's recipes", async () => {
  const root = new URL("../../", import.meta.url);
  const output = await endedWith(0, start(root, Deno.execPath(), ["task", "train", "--list"]));
  for (const name of ["attn-2l/1", "attn-2l/2", "gpt", "rotary-x4-run-on/2"]) {
    assertMatch(output, new RegExp(`^${name} +\\d+ layers, d_model \\d+ `, "m"));
  }
});

Deno.test("a recipe must have the name of its folder", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await Deno.rename(project.url(FIXTURE), project.url("fixtures/models/tony"));
  assertEquals(
    await project.call(1, "--list"),
    '! fixtures/models/tony/recipe.ts: its name must be "tony", or that and a seed, got "tiny"\n',
  );
});

Deno.test("a snapshot that cannot be continued is named, and nothing is overwritten", async () => {
  const good = await firstSnapshot(RECIPE);
  const older: Recipe = { ...RECIPE, optimizer: { ...RECIPE.optimizer, rate: 0.5 } };
  const wrong = {
    "cut short": [good.slice(0, -100), /its data must be|bytes/],
    "damaged": [
      good.with(good.length - 2, good[good.length - 2] ^ 1),
      /It is damaged: its SHA-256 must be [0-9a-f]{64}, got/,
    ],
    "of another recipe": [
      await firstSnapshot(older),
      /It is of another recipe: optimizer\.rate must be 0\.02, got 0\.5/,
    ],
  } as const;
  await using project = await TrainProject.make(RECIPE.steps);
  for (const [what, [bytes, message]] of Object.entries(wrong)) {
    await project.write(bytes);
    const output = await project.call(1, "tiny", "--resume");
    assertMatch(output, /^! Cannot go on from .*a test .*snapshot\.safetensors: /, what);
    assertMatch(output, message, what);
    assertEquals(await Deno.readFile(project.snapshot), bytes, what);
    assertEquals(await project.folder.names(FIXTURE), ["recipe.ts"], what);
  }
});

for (const [kind, what] of Object.entries(KINDS) as [Kind, string][]) {
  Deno.test(`killed at any moment, ${what} leaves a whole snapshot and ends in the same bytes`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const random = new Random("kills");
    let [step, time] = [0, 0];
    for (let kill = 0; kill < (kind === "one" ? 4 : 2); kill++) {
      const after = random.integer(0, 30);
      const running = { code: 128 + 9, time, after };
      await project.interrupt(["tiny", "--resume", "--save-every=1"], "SIGKILL", running);
      const { optimizer, losses } = await stateOf(project);
      assertGreater(optimizer.step, step, "it came further than the run before");
      assertEquals(losses.length, optimizer.step);
      step = optimizer.step;
      time = (await Deno.stat(project.snapshot)).mtime!.getTime();
    }
    const resumed = await takeUp(project, kind);
    assertStringIncludes(resumed, `${project.recipes[0].name}: from step ${step}\n`);
  });

  Deno.test(`Ctrl-C saves the step that ${what} is at and exits with 130; it can be taken up again`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const output = await project.interrupt(["tiny", "--save-every=1"], "SIGINT", { code: 130 });
    const stopped = /(\S+): stopped at step (\d+)\nGo on with: (.*)\n$/.exec(output);
    assertEquals(stopped?.[1], project.recipes[0].name, output);
    const names = project.recipes.map(({ name }) => name).join(" ");
    assertEquals(stopped?.[3], `deno task train ${names} --resume`, "all that is left to do");
    const { optimizer: { step } } = await stateOf(project);
    assertEquals(step, Number(stopped?.[2]), "the step that it says it stopped at");
    assertEquals(await project.folder.names(FIXTURE), ["recipe.ts"], "nothing half trained");
    await takeUp(project, kind);
  });

  Deno.test(`when a snapshot of ${what} cannot be written the last one stays, and the reason is said`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const [recipe] = project.recipes;
    const last = await firstSnapshot(recipe);
    await project.write(last);
    // No file may grow beyond 8 blocks of 512 bytes; the signal that tells so is not to kill.
    const narrow = "trap '' XFSZ; ulimit -f 8";
    const output = await project.run(1, ["tiny", "--resume", "--save-every=2"], narrow);
    assertMatch(output, /Cannot write .*snapshot\.safetensors: File too large/);
    assertEquals(await Deno.readFile(project.snapshot), last, "the last snapshot");
    const remains = await project.folder.names(`.training/${recipe.name}/`);
    assertEquals(remains, ["snapshot.safetensors"], "no remains");
    assertEquals(await project.folder.names(FIXTURE), ["recipe.ts"]);
    await takeUp(project, kind); // once there is room again
  });
}

Deno.test("a result that cannot be written is not lost: its last step can be gone on from", async () => {
  await using project = await TrainProject.make(30);
  const inTheWay = project.url(`${FIXTURE}model.safetensors/`);
  await Deno.mkdir(inTheWay);
  const output = await project.call(1, "tiny");
  assertMatch(output, /! Cannot write .*model\.safetensors: Is a directory/);
  assertEquals(await project.folder.names(FIXTURE), ["model.safetensors", "recipe.ts"]);
  await Deno.remove(inTheWay);
  assertStringIncludes(await project.call(0, "tiny", "--resume"), "tiny: from step 30\n");
  assertEquals(await project.folder.names(".training/"), [], "the snapshot is gone");
});
