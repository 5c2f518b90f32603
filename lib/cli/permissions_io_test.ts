/** What the spec and the commands may do to the machine that they run on. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { measuring, SOUND_SPEC } from "../claims/testing/project.ts";
import { filesIn, readIfThere } from "./files_in.ts";
import { pathToFileURL } from "node:url";
import { Project } from "./testing/project.ts";
import { standBy } from "./watch/standby.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("a question is answered with every permission denied, and nothing asked for", async () => {
  const kinds = ["read", "write", "net", "env", "sys", "run", "ffi", "import"];
  const denied = kinds.map((kind) => `--deny-${kind}`);
  const spec = "spec/10_mlps_and_other_tokens_test.ts";
  const { code, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-prompt", "--no-check", "--cached-only", ...denied, spec],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const output = new TextDecoder().decode(stdout);
  assertEquals(code, 0, output);
  assertMatch(output, /^ok \| \d+ passed .* 0 failed/m);
});

/** The one writes the file that it is told to; the other reads what Linux knows of its processes. */
const ANYWHERE = new Set(["export", "bench"]);

Deno.test("every command names the folders that it may write to", async () => {
  const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
  const commands = Object.entries<string>(tasks).filter(([, line]) => line.startsWith("deno run"));
  assert(commands.length > 5, "they are there");
  for (const [name, line] of commands) {
    if (ANYWHERE.has(name)) continue;
    assertMatch(line, /--no-prompt/, `${name} asks for nothing more`);
    assert(!/--allow-all|-A\b|--allow-write(?!=)/.test(line), `${name}: ${line}`);
  }
});

Deno.test("a report changes nothing outside of its folder", () =>
  Project.empty(async (project) => {
    await project.write({ "07_lines_test.ts": SOUND_SPEC });
    const root = pathToFileURL(`${project.folder}/`);
    const all = async () => {
      const outside = (await filesIn(root, "")).filter(({ path }) => !path.startsWith("report/"));
      return await Promise.all(
        outside.map(async ({ path }) => [path, await readIfThere(new URL(encodeURI(path), root))]),
      );
    };
    const before = await all();
    const { code, output } = await project.report();
    assertEquals(code, 0, output);
    assertEquals(await all(), before);
  }));

Deno.test("what a report asks may read nothing of the project, nor where it is watched", () =>
  Project.quick(async (project) => {
    const spec = "07_lines_test.ts";
    await project.write({ [spec]: measuring(`Deno.readTextFileSync("deno.json")`) });
    for (const standby of [undefined, standBy(project.root)]) {
      const { output } = await project.reportWith({ live: false, standby }, `spec/${spec}`);
      assertStringIncludes(output, 'Requires read access to "deno.json"');
    }
  }));
