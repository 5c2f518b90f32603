import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileAt, filesIn } from "./files_in.ts";
import "./sabotage.ts"; // the command, which is started as a process of its own
import "./sabotage/worker.ts";
import { DEAR } from "./sabotage/dear.ts";
import { EXPLAINED } from "./sabotage/explained.ts";
import { Project } from "./testing/project.ts";

const QUESTION = "spec/10_mlps_and_other_tokens_test.ts";

Deno.test("claims that are treated apart are claims of the spec", async () => {
  const root = new URL("../../", import.meta.url);
  const paths = (await filesIn(root, "spec/")).map(({ path }) => path);
  const texts = await Promise.all(paths.map((path) => Deno.readTextFile(fileAt(root, path))));
  const isThere = (id: string) => {
    const [number, claim] = id.split("/");
    return texts.some((text, i) =>
      paths[i].startsWith(`spec/${number}_`) && text.includes(`id: "${claim}"`)
    );
  };
  const apart = [...DEAR, ...Object.keys(EXPLAINED.claims)];
  assertEquals(apart.filter((id) => !isThere(id)), []);
});

Deno.test("who notices what is found in parts, which join to a whole", () =>
  Project.copy(async (project) => {
    for (const { name, isFile } of Deno.readDirSync(`${project.folder}/spec`)) {
      if (isFile && `spec/${name}` !== QUESTION) Deno.removeSync(`${project.folder}/spec/${name}`);
    }
    const command = (...args: string[]) =>
      project.call(Deno.execPath(), ["task", "sabotage", ...args]);
    const parts = [];
    for (const id of ["leaky-mlp", "zeroed-mlps"]) {
      const { code, output } = await command(`--only=${id}`, "--workers=1");
      assertEquals(code, 0, output);
      assertStringIncludes(output, "1 sabotages, 1 noticed");
      const part = `report/${id}.json`;
      Deno.copyFileSync(`${project.folder}/report/sabotage.json`, `${project.folder}/${part}`);
      parts.push(part);
    }
    const { code, output } = await command("--merge", ...parts);
    assertEquals(code, 0, output);
    assertStringIncludes(output, "2 sabotages, 2 noticed");
    const { sabotages } = JSON.parse(
      await Deno.readTextFile(`${project.folder}/report/sabotage.json`),
    );
    const [leak] = sabotages.map(({ noticed }: { noticed: { claim: string }[] }) =>
      noticed.map(({ claim }) => claim)
    );
    assertEquals(leak.includes("10/mlp-is-local"), true, "what the question says of MLPs");
    const twice = await command("--merge", parts[0], parts[0]);
    assertEquals(twice.code, 2, "refused");
    assertStringIncludes(twice.output, 'two of them have "leaky-mlp"');
  }));
