/** The command on a tiny recipe in a project of its own: called, stopped, killed, out of space. */
import { assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import { gpt2 } from "../model/files/gpt2.ts";
import { loadModel, readCard } from "../model/files/load_model.ts";
import { Random } from "../tensor/random.ts";
import { decodeSnapshot, encodeSnapshot } from "../training/snapshot.ts";
import { learnerOf } from "../training/learners.ts";
import { startTraining } from "../training/loop.ts";
import { inFolder } from "../training/model_folder.ts";
import type { Recipe } from "../training/recipe.ts";
import { tinyRecipe } from "../training/testing/tiny_recipe.ts";
import { ended, sleep, TrainProject } from "./testing/train_project.ts";

/** Enough that a run lasts a second, most of it spent on saving where every step is saved. */
const RECIPE = tinyRecipe({ steps: 300 });

type Kind = "one" | "seeds";

/** What is interrupted below: a plain recipe, and seeds that go on from weights there were before. */
const KINDS: Readonly<Record<Kind, string>> = { one: "a run", seeds: "a run of several seeds" };

const whole = new Map<Kind, Promise<Uint8Array[]>>();
/** The weights of a run that nothing interrupted, in a process of its own. */
function uninterrupted(kind: Kind): Promise<Uint8Array[]> {
  if (!whole.has(kind)) whole.set(kind, trainedWhole(kind));
  return whole.get(kind)!;
}

async function trainedWhole(kind: Kind): Promise<Uint8Array[]> {
  await using project = await TrainProject.make(RECIPE.steps, kind);
  const { code, output } = await ended(project.start(["tiny"]));
  assertEquals(code, 0, output);
  return await project.models();
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
      "  written to fixtures/models/tiny",
      "",
    ].join("\n"),
  );
  const read = inFolder(new URL("fixtures/models/tiny/", project.root));
  const card = await readCard(read);
  assertEquals(card.steps, 30);
  assertEquals((await loadModel(read, gpt2)).name, "tiny");
  const [weights] = await project.models();
  assertEquals(await project.filesIn(".training/"), [], "the snapshot is gone");

  const second = await project.call("--all");
  assertEquals(second.code, 0, second.output);
  assertStringIncludes(
    second.output,
    `weights: the card's, bit for bit: SHA-256 ${card.weights_sha256}`,
  );
  assertStringIncludes(second.output, `(card: ${card.figures[0].value.toFixed(4)})`);
  assertEquals(await project.models(), [weights], "the same bytes");
});

Deno.test("a trial leaves the fixture and the snapshot of a real run alone", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await project.write(new Uint8Array(5));
  const { code, output } = await project.call("tiny", "--steps=3");
  assertEquals(code, 0, output);
  assertStringIncludes(output, "step 3/3");
  assertEquals(await project.filesIn("fixtures/models/tiny/"), ["recipe.ts"]);
  assertEquals(await project.filesIn(".training/"), ["tiny"]);
  assertEquals(await Deno.readFile(project.snapshot), new Uint8Array(5));
});

Deno.test("recipes are listed with their sizes; a wrong call says what is right", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  assertEquals(await project.call("--list"), {
    code: 0,
    output: "tiny  1 layer, d_model 8  0.0M tokens  not trained  to be trained in tests\n",
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
  for (const name of ["attn-2l/1", "attn-2l/2", "gpt", "rotary-x4-run-on/2"]) {
    assertMatch(output, new RegExp(`^${name} +\\d+ layers, d_model \\d+ `, "m"));
  }
});

Deno.test("a recipe must have the name of its folder", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  await Deno.rename(
    new URL("fixtures/models/tiny", project.root),
    new URL("fixtures/models/tony", project.root),
  );
  assertEquals(await project.call("--list"), {
    code: 1,
    output:
      '! fixtures/models/tony/recipe.ts: its name must be "tony", or that and a seed, got "tiny"\n',
  });
});

Deno.test("a snapshot that cannot be continued is named, and nothing is overwritten", async () => {
  const good = await encodeSnapshot(RECIPE, await startTraining(await learnerOf(RECIPE)));
  const flipped = good.with(good.length - 2, good[good.length - 2] ^ 1);
  const older: Recipe = { ...RECIPE, optimizer: { ...RECIPE.optimizer, rate: 0.5 } };
  const wrong = {
    "cut short": [good.slice(0, -100), /its data must be|bytes/],
    "damaged": [flipped, /It is damaged: its SHA-256 must be [0-9a-f]{64}, got/],
    "of another recipe": [
      await encodeSnapshot(older, await startTraining(await learnerOf(older))),
      /It is of another recipe: optimizer\.rate must be 0\.02, got 0\.5/,
    ],
  } as const;
  await using project = await TrainProject.make(RECIPE.steps);
  for (const [what, [bytes, message]] of Object.entries(wrong)) {
    await project.write(bytes);
    const { code, output } = await project.call("tiny", "--resume");
    assertEquals(code, 1, what);
    assertMatch(output, /^! Cannot go on from .*train .*snapshot\.safetensors: /, what);
    assertMatch(output, message, what);
    assertEquals(await Deno.readFile(project.snapshot), bytes, what);
    assertEquals(await project.filesIn("fixtures/models/tiny/"), ["recipe.ts"], what);
  }
});

for (const [kind, what] of Object.entries(KINDS) as [Kind, string][]) {
  Deno.test(`killed at any moment, ${what} leaves a whole snapshot and ends in the same bytes`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const random = new Random("kills");
    let [step, time] = [0, 0];
    for (let kill = 0; kill < (kind === "one" ? 4 : 2); kill++) {
      const child = project.start(["tiny", "--resume", "--save-every=1"]);
      const end = ended(child);
      await Promise.race([project.savedAfter(time), end]);
      await sleep(random.integer(0, 30));
      child.kill("SIGKILL");
      const { code, output } = await end;
      assertEquals(code, 128 + 9, `it was still running: ${output}`);
      const state = await decodeSnapshot(project.recipes[0], await Deno.readFile(project.snapshot));
      assertGreater(state.optimizer.step, step, "it came further than the run before");
      assertEquals(state.losses.length, state.optimizer.step);
      step = state.optimizer.step;
      time = (await Deno.stat(project.snapshot)).mtime!.getTime();
    }
    const { code, output } = await ended(project.start(["tiny", "--resume"]));
    assertEquals(code, 0, output);
    assertStringIncludes(output, `${project.recipes[0].name}: from step ${step}\n`);
    assertEquals(await project.models(), await uninterrupted(kind), "the weights' bytes");
  });

  Deno.test(`Ctrl-C saves the step that ${what} is at and exits with 130; it can be taken up again`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const child = project.start(["tiny", "--save-every=1"]);
    const end = ended(child);
    await Promise.race([project.savedAfter(), end]);
    child.kill("SIGINT");
    const { code, output } = await end;
    assertEquals(code, 130, output);
    const stopped = /(\S+): stopped at step (\d+)\nGo on with: (.*)\n$/.exec(output);
    assertEquals(stopped?.[1], project.recipes[0].name, output);
    const names = project.recipes.map(({ name }) => name).join(" ");
    assertEquals(stopped?.[3], `deno task train ${names} --resume`, "all that is left to do");
    const state = await decodeSnapshot(project.recipes[0], await Deno.readFile(project.snapshot));
    assertEquals(state.optimizer.step, Number(stopped?.[2]), "the step that it says it stopped at");
    assertEquals(
      await project.filesIn("fixtures/models/tiny/"),
      ["recipe.ts"],
      "nothing half trained",
    );

    const resumed = await ended(project.start(["tiny", "--resume"]));
    assertEquals(resumed.code, 0, resumed.output);
    assertEquals(await project.models(), await uninterrupted(kind), "the weights' bytes");
  });

  Deno.test(`when a snapshot of ${what} cannot be written the last one stays, and the reason is said`, async () => {
    await using project = await TrainProject.make(RECIPE.steps, kind);
    const [recipe] = project.recipes;
    const last = await encodeSnapshot(recipe, await startTraining(await learnerOf(recipe)));
    await project.write(last);
    // No file may grow beyond 8 blocks of 512 bytes; the signal that tells so is not to kill.
    const { code, output } = await ended(
      project.start(["tiny", "--resume", "--save-every=2"], "trap '' XFSZ; ulimit -f 8"),
    );
    assertEquals(code, 1, output);
    assertMatch(output, /Cannot write .*snapshot\.safetensors: File too large/);
    assertEquals(await Deno.readFile(project.snapshot), last, "the last snapshot");
    const folder = `.training/${recipe.name}/`;
    assertEquals(await project.filesIn(folder), ["snapshot.safetensors"], "no remains");
    assertEquals(await project.filesIn("fixtures/models/tiny/"), ["recipe.ts"]);

    const resumed = await ended(project.start(["tiny", "--resume"]));
    assertEquals(resumed.code, 0, resumed.output);
    assertEquals(await project.models(), await uninterrupted(kind), "once there is room again");
  });
}

Deno.test("a result that cannot be written is not lost: its last step can be gone on from", async () => {
  await using project = await TrainProject.make(30);
  const inTheWay = new URL("fixtures/models/tiny/model.safetensors/", project.root);
  await Deno.mkdir(inTheWay);
  const { code, output } = await project.call("tiny");
  assertEquals(code, 1, output);
  assertMatch(output, /! Cannot write .*model\.safetensors: Is a directory/);
  assertEquals(await project.filesIn("fixtures/models/tiny/"), ["model.safetensors", "recipe.ts"]);
  await Deno.remove(inTheWay);
  const resumed = await project.call("tiny", "--resume");
  assertEquals(resumed.code, 0, resumed.output);
  assertStringIncludes(resumed.output, "tiny: from step 30\n");
  assertEquals(await project.filesIn(".training/"), [], "the snapshot is gone");
});

Deno.test("a check finds a fixture that is what its recipe makes, and writes nothing", async () => {
  await using project = await TrainProject.make(30, "seeds");
  assertEquals((await project.call("tiny")).code, 0);
  const before = await project.contents();
  const { code, output } = await ended(project.start(["tiny", "--check"]));
  assertEquals(code, 0, output);
  for (const seed of [1, 2]) {
    assertStringIncludes(output, `  fixtures/models/tiny/${seed} is the same, bit for bit\n`);
  }
  assertMatch(output, /\n2 of 2 fixtures are the same, bit for bit\n$/);
  assertEquals(await project.contents(), before, "every file");
});

Deno.test("a check says how far off a fixture is that its recipe does not make, and exits with 1", async () => {
  await using project = await TrainProject.make(30, "seeds");
  assertEquals((await project.call("tiny")).code, 0);
  await project.nudge("tiny/2");
  const before = await project.contents();
  const { code, output } = await ended(project.start(["--all", "--check"]));
  assertEquals(code, 1, output);
  assertStringIncludes(output, "  fixtures/models/tiny/1 is the same, bit for bit\n");
  assertStringIncludes(output, "  fixtures/models/tiny/2 is different\n");
  assertStringIncludes(output, "    weights: at most 0.5 apart, in wte.weight\n");
  assertMatch(output, /\n1 of 2 fixtures are the same, bit for bit; different: tiny\/2\n$/);
  assertEquals(await project.contents(), before, "every file");
});

Deno.test("a check that is stopped is taken up again, beside a real run's snapshot", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  assertEquals((await project.call("tiny")).code, 0);
  await project.write(new Uint8Array(5));
  const child = project.start(["tiny", "--check", "--save-every=1"]);
  const end = ended(child);
  await Promise.race([project.savedAfter(0, project.snapshotOf("tiny-check")), end]);
  child.kill("SIGINT");
  const stopped = await end;
  assertEquals(stopped.code, 130);
  assertMatch(stopped.output, /\nGo on with: deno task train tiny --check --resume\n$/);
  const { code, output } = await ended(project.start(["tiny", "--check", "--resume"]));
  assertEquals(code, 0, output);
  assertMatch(output, /tiny: from step \d+\n/);
  assertEquals(await Deno.readFile(project.snapshot), new Uint8Array(5));
  assertEquals(await project.filesIn(".training/"), ["tiny"]);
});

Deno.test("what is not there, or is damaged, cannot be checked, and nothing is trained for it", async () => {
  await using project = await TrainProject.make(RECIPE.steps);
  const missing = await project.call("tiny", "--check");
  assertEquals(missing.code, 1);
  assertMatch(
    missing.output,
    /^! Cannot check fixtures\/models\/tiny: .*model\.safetensors/,
  );
  await project.call("tiny");
  const file = new URL("fixtures/models/tiny/model.safetensors", project.root);
  await Deno.writeFile(file, (await Deno.readFile(file)).subarray(1));
  const damaged = await project.call("tiny", "--check");
  assertEquals(damaged.code, 1);
  assertMatch(
    damaged.output,
    /^! Cannot check fixtures\/models\/tiny: .*model\.safetensors: their length must/,
  );
});
