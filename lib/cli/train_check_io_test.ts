/** `deno task train --check`, on a tiny recipe in a project of its own. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { TrainProject } from "./testing/train_project.ts";

/** Enough that a run lasts a second where every step is saved, and can be stopped. */
const STEPS = 300;

Deno.test("a check finds a fixture that is what its recipe makes, and writes nothing", async () => {
  await using project = await TrainProject.make(30, "seeds");
  await project.call(0, "tiny");
  const before = await project.contents();
  const output = await project.run(0, ["tiny", "--check"]);
  for (const seed of [1, 2]) {
    assertStringIncludes(output, `  fixtures/models/tiny/${seed} is the same, bit for bit\n`);
  }
  assertMatch(output, /\n2 of 2 fixtures are the same, bit for bit\n$/);
  assertEquals(await project.contents(), before, "every file");
});

Deno.test("a check says how far off a fixture is that its recipe does not make, and exits with 1", async () => {
  await using project = await TrainProject.make(30, "seeds");
  await project.call(0, "tiny");
  await project.nudge("tiny/2");
  const before = await project.contents();
  const output = await project.run(1, ["--all", "--check"]);
  assertStringIncludes(output, "  fixtures/models/tiny/1 is the same, bit for bit\n");
  assertStringIncludes(output, "  fixtures/models/tiny/2 is different\n");
  assertStringIncludes(output, "    weights: at most 0.5 apart, in wte.weight\n");
  assertMatch(output, /\n1 of 2 fixtures are the same, bit for bit; different: tiny\/2\n$/);
  assertEquals(await project.contents(), before, "every file");
});

Deno.test("a check that is stopped is taken up again, beside a real run's snapshot", async () => {
  await using project = await TrainProject.make(STEPS);
  await project.call(0, "tiny");
  await project.write(new Uint8Array(5));
  const until = { code: 130, snapshot: project.snapshotOf("tiny-check") };
  const stopped = await project.interrupt(["tiny", "--check", "--save-every=1"], "SIGINT", until);
  assertMatch(stopped, /\nGo on with: deno task train tiny --check --resume\n$/);
  assertMatch(await project.run(0, ["tiny", "--check", "--resume"]), /tiny: from step \d+\n/);
  assertEquals(await Deno.readFile(project.snapshot), new Uint8Array(5));
  assertEquals(await project.folder.names(".training/"), ["tiny"]);
});

Deno.test("what is not there, or is damaged, cannot be checked, and nothing is trained for it", async () => {
  await using project = await TrainProject.make(STEPS);
  const refused = /^! Cannot check fixtures\/models\/tiny: .*model\.safetensors: /;
  const missing = await project.call(1, "tiny", "--check");
  assertMatch(missing, refused);
  assertStringIncludes(missing, "the file must be there");
  await project.call(0, "tiny");
  const file = project.url("fixtures/models/tiny/model.safetensors");
  await Deno.writeFile(file, (await Deno.readFile(file)).subarray(1));
  const damaged = await project.call(1, "tiny", "--check");
  assertMatch(damaged, refused);
  assertStringIncludes(damaged, "their length must be");
});
