/** What GitHub is to run on each push: nobody sees that it cannot before it is there. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { call } from "../claims/testing/call.ts";

const ROOT = new URL("../../", import.meta.url);
const README = await Deno.readTextFile(new URL("README.md", ROOT));
const TASKS: Record<string, string> =
  JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT))).tasks;

/** One step of a job: a command, or an action that others wrote. */
interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Record<string, unknown>;
}

interface Workflow {
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<
    string,
    { readonly permissions?: unknown; readonly steps: readonly Step[] }
  >;
}

async function workflow(name: string): Promise<Workflow> {
  return parse(await Deno.readTextFile(new URL(`.github/workflows/${name}.yml`, ROOT)));
}

/** The commands of a workflow, with what GitHub writes in them replaced by an address. */
function commands({ jobs }: Workflow): string[] {
  return Object.values(jobs).flatMap(({ steps }) => steps)
    .flatMap(({ run }) => run === undefined ? [] : [run.replaceAll(/\$\{\{.*?\}\}/g, "https://x")]);
}

for (const name of ["ci", "pages"]) {
  Deno.test(`what the workflow ${name} runs is there, and takes what it is given`, async () => {
    const lines = commands(await workflow(name));
    assert(lines.length > 0, "it must run something");
    for (const line of lines) {
      assertEquals((await call(ROOT, "bash", ["-n", "-c", line])).output, "", line);
      await assertCanRun(line);
    }
  });
}

/** Commands of this project and of Deno; of others, that a file they run is there. */
async function assertCanRun(line: string): Promise<void> {
  const [, deno, rest] = /^((?:npx -y )?deno(?:@\S+)?) (.*)$/.exec(line) ?? [];
  if (deno === undefined) {
    const file = /^bash (\S+)$|^sed -i '\S+' (\S+)$/.exec(line)?.slice(1).find(Boolean);
    return assert((await Deno.stat(new URL(file ?? "none", ROOT))).isFile, line);
  }
  // It comes either by npx, at the version that the README names, or from a step that installs it.
  if (deno !== "deno") assertStringIncludes(README, `${deno} `, line);
  const [, task] = /^task (\S+)/.exec(rest) ?? [];
  if (task !== undefined) assert(Object.hasOwn(TASKS, task), `a task of deno.json: ${line}`);
  const named = task === undefined ? rest.split(" ").slice(0, 1) : ["task", task];
  const { code, output } = await call(ROOT, Deno.execPath(), [...named, "--help"]);
  assertEquals(code, 0, output);
  for (const [option] of rest.matchAll(/--[a-z-]+/g)) assertStringIncludes(output, option, line);
}

Deno.test("the pages are made of what the README says, in its order, and are what is published", async () => {
  const pages = await workflow("pages");
  const tasks = commands(pages).map((line) => /deno@\S+ task (\S+)/.exec(line)?.[1]);
  assertEquals(tasks, ["sabotage", "report", "site"], "a site is made of a report that is there");
  for (const task of tasks) assertStringIncludes(README, `\`deno task ${task}`);
  assertStringIncludes(README, "`.github/workflows/pages.yml` publishes it");
  const { steps } = pages.jobs.publish;
  const uploaded = steps.find(({ uses }) => uses?.startsWith("actions/upload-pages-artifact@"));
  assertStringIncludes(`${TASKS.site} `, ` --allow-write=${uploaded?.with?.path} `);
  steps.forEach(({ run }, i) => {
    for (const [, id] of run?.matchAll(/\$\{\{ steps\.(\w+)\./g) ?? []) {
      assert(steps.slice(0, i).some((step) => step.id === id), `a step before it: ${id}`);
    }
  });
});

Deno.test("no workflow may do more than it needs", async () => {
  const [ci, pages] = [await workflow("ci"), await workflow("pages")];
  assertEquals(ci.permissions, { contents: "read" });
  // What actions/deploy-pages asks for: to publish, and to prove which workflow does.
  assertEquals(pages.permissions, { contents: "read", pages: "write", "id-token": "write" });
  for (const job of [ci, pages].flatMap(({ jobs }) => Object.values(jobs))) {
    assertEquals(job.permissions, undefined, "and no job may do more");
  }
});
