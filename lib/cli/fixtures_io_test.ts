import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { fixtureFiles } from "./fixtures.ts";
import { TrainProject } from "./testing/train_project.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

Deno.test("there is no picture of a recipe that is gone", async () => {
  const written = Object.keys(await fixtureFiles(FIXTURES));
  for await (const { name } of Deno.readDir(new URL("models/", FIXTURES))) {
    const picture = `models/${name}/loss.svg`;
    const there = await Deno.stat(new URL(picture, FIXTURES)).then(() => true, () => false);
    assertEquals(there, written.includes(picture), picture);
  }
});

Deno.test("models that were not trained yet are left out of the page, and damaged ones are named", async () => {
  await using project = await TrainProject.make(30, "seeds");
  const fixtures = project.url("fixtures/");
  const none = await fixtureFiles(fixtures);
  assertEquals(Object.keys(none), ["models/index.ts", "README.md"]);
  assertMatch(none["models/index.ts"], /"tiny\/2": fixture/);
  await project.call(0, "tiny/2");
  await assertRejects(() => fixtureFiles(fixtures), Error, "Cannot tell what tiny/2 reached");
  await Deno.writeTextFile(new URL("models/tiny/2/card.json", fixtures), "{");
  await assertRejects(() => fixtureFiles(fixtures), Error, "fixtures/models/tiny/2/: ");
});
