/**
 * Whichever way the same models are asked the same questions, the answers are the same bytes. A
 * browser is one of these ways: `browser_bench_io_test.ts` asks that it measures the same bits.
 */
import { assertEquals } from "@std/assert";
import { pathToFileURL } from "node:url";
import { filesIn } from "./files_in.ts";
import { evidenceFolder } from "./report/run_spec.ts";
import { Project } from "./testing/project.ts";

const SPECS = ["spec/06_window_and_length_test.ts", "spec/10_mlps_and_other_tokens_test.ts"];

/** This project with two of its questions, which share models and so sessions of the runtime. */
function withTwo(body: (project: Project) => Promise<void>): Promise<void> {
  return Project.copy(async (project) => {
    const root = pathToFileURL(`${project.folder}/`);
    for (const { path } of await filesIn(root, "spec/")) {
      if (/_test\.ts$/.test(path) && !SPECS.includes(path)) await Deno.remove(new URL(path, root));
    }
    await body(project);
  });
}

/** What the tests leave as evidence, but for times and the name of the run. */
async function evidence(project: Project, id: string, args: readonly string[]) {
  const may = ["--allow-read=report", "--allow-write=report"];
  const test = ["test", "--no-prompt", "--no-check", ...may, ...args, "--", `--run-id=${id}`];
  const { code, output } = await new Deno.Command(Deno.execPath(), {
    args: test,
    cwd: project.folder,
    stdout: "piped",
    stderr: "piped",
  }).output().then(({ code, stdout, stderr }) => {
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, output: text(stdout) + text(stderr) };
  });
  assertEquals(code, 0, output);
  const root = pathToFileURL(`${project.folder}/`);
  const left: Record<string, unknown> = {};
  for (const { path } of await filesIn(root, evidenceFolder(id))) {
    if (!path.endsWith(".json")) continue;
    const text = await Deno.readTextFile(new URL(path, root));
    left[path.replace(id, "")] = JSON.parse(
      text,
      (key, value) => key === "seconds" || key === "run" ? undefined : value,
    );
  }
  return left;
}

Deno.test("a report is the same bytes at once and in parts that are merged", () =>
  withTwo(async (project) => {
    const { code, files, output } = await project.report("--no-times");
    assertEquals(code, 0, output);
    const parts: string[] = [];
    for (const [i, spec] of SPECS.toReversed().entries()) {
      const part = await project.report(spec, "--no-times");
      parts.push(`part-${i}.json`);
      await Deno.writeTextFile(`${project.folder}/${parts[i]}`, part.files["answers.json"]);
    }
    const merged = await project.report("--merge", ...parts, "--no-times");
    assertEquals(merged.files["answers.json"], files["answers.json"], merged.output);
  }));

Deno.test("claims leave the same evidence in any order, one file after the other or at once", () =>
  withTwo(async (project) => {
    const inOrder = await evidence(project, "in-order", SPECS);
    assertEquals(Object.keys(inOrder).length, SPECS.length, "of each question");
    const shuffled = await evidence(project, "shuffled", ["--shuffle=7", ...SPECS]);
    assertEquals(shuffled, inOrder, "shuffled");
    const atOnce = await evidence(project, "at-once", ["--parallel", "--shuffle=8", ...SPECS]);
    assertEquals(atOnce, inOrder, "at once, shuffled otherwise");
  }));
