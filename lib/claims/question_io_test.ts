import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { QuestionRecord } from "./record.ts";

const ROOT = new URL("../../", import.meta.url);

/** A spec that stands; tests replace parts of it. */
const SOUND = `
import { dots, md, question } from "../lib/claims/mod.ts";
import { line, lift, lines } from "../lib/claims/testing/toy.ts";
import { assertEquals } from "@std/assert";

question("Do lines go through zero?", ({ claim, refuted }) => {
  const through = claim("a line goes through zero", {
    id: "through-zero",
    kind: "identity",
    on: [line("one"), lines()],
    measure: ({ bias }) => ({ at: bias }),
    check: ({ at }) => assertEquals(at, 0, "it must be zero at zero"),
    mustFailOn: { "a lifted line": lift },
    show: (runs) => dots({
      title: "Heights at zero",
      caption: "Sound lines lie at zero.",
      x: { label: "line" },
      y: { label: "height" },
      rows: runs.map(({ evidence }, x) => ({ x, y: evidence.at })),
    }),
  });
  const misses = refuted("a line misses zero", {
    id: "misses-zero",
    kind: "construction",
    on: [line("one")],
    measure: ({ bias }) => ({ at: bias }),
    check: ({ at }) => assertEquals(at, 1, "it must be one at zero"),
    mustHoldOn: { "a lifted line": lift },
  });
  return {
    notes: "open",
    standing: "answered here",
    answer: md\`They do: at zero they are \${through.max(({ at }) => at)}, and do not miss it \${misses}.\`,
    wouldChange: md\`A line that misses it.\`,
  };
});
`;

interface Result {
  readonly success: boolean;
  readonly output: string;
  /** What was written, by file name. */
  readonly written: Record<string, QuestionRecord>;
}

/** Runs specs in a project of their own, which has nothing but this folder and the stand-ins. */
async function runSpecs(specs: Record<string, string>, ...args: string[]): Promise<Result> {
  const project = await Deno.makeTempDir({ prefix: "claims-" });
  try {
    await copyProject(project);
    for (const [name, text] of Object.entries(specs)) {
      await Deno.writeTextFile(`${project}/spec/${name}`, text);
    }
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "--no-lock", "--no-check", "--no-prompt", "spec/", ...args],
      cwd: project,
      env: { NO_COLOR: "1" },
    }).output();
    const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
    return { success, output, written: await readRecords(`${project}/report/.evidence/run-1`) };
  } finally {
    await Deno.remove(project, { recursive: true });
  }
}

async function copyProject(project: string): Promise<void> {
  const std = ["assert", "cli", "testing"].map((name) => `lib/std/${name}`);
  const folders = ["lib/claims", "lib/claims/testing", "lib/model", ...std];
  for (const folder of folders) {
    await Deno.mkdir(`${project}/${folder}`, { recursive: true });
    for await (const { name, isFile } of Deno.readDir(new URL(folder, ROOT))) {
      if (!isFile || name.endsWith("_test.ts")) continue;
      await Deno.copyFile(new URL(`${folder}/${name}`, ROOT), `${project}/${folder}/${name}`);
    }
  }
  await Deno.copyFile(new URL("deno.json", ROOT), `${project}/deno.json`);
  await Deno.writeTextFile(`${project}/mod.ts`, "");
  await Deno.mkdir(`${project}/spec`);
  await Deno.mkdir(`${project}/report`);
}

async function readRecords(folder: string): Promise<Record<string, QuestionRecord>> {
  const records: Record<string, QuestionRecord> = {};
  try {
    for await (const { name } of Deno.readDir(folder)) {
      records[name] = JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return records;
}

const MAY_WRITE = ["--allow-read=report", "--allow-write=report", "--", "--run-id=run-1"];

Deno.test("a question becomes a test for each claim, and one for the answer", async () => {
  const { success, output, written } = await runSpecs({ "07_lines_test.ts": SOUND });
  assert(success, output);
  assertStringIncludes(output, "3 passed (5 steps)");
  for (
    const line of [
      "a line goes through zero ...",
      "  one ... ok",
      "  random lines ... ok",
      "  must fail on: a lifted line ... ok",
      "a line misses zero ...",
      "  must hold on: a lifted line ... ok",
      "the answer to: Do lines go through zero? ... ok",
    ]
  ) assertStringIncludes(output, line);
  assertEquals(written, {}, "without permission and an id of the run, nothing is written");
});

Deno.test("the record is written whole, and nothing is left beside it, where that is allowed", async () => {
  const { success, output, written } = await runSpecs({ "07_lines_test.ts": SOUND }, ...MAY_WRITE);
  assert(success, output);
  assertEquals(Object.keys(written), ["07_lines_test.json"], "drafts are renamed, not left");
  const { run, file, number, verdict, answer, claims, problems } = written["07_lines_test.json"];
  assertEquals({ run, file, number, verdict, problems }, {
    run: "run-1",
    file: "spec/07_lines_test.ts",
    number: 7,
    verdict: "holds",
    problems: [],
  });
  assertStringIncludes(answer, "[0](#07-through-zero)");
  assertEquals(claims.map(({ id, runs }) => [id, runs.length]), [
    ["through-zero", 2 * (1 + 24)],
    ["misses-zero", 2],
  ]);
});

Deno.test("permission alone, or an id alone, writes nothing and asks for nothing", async () => {
  const specs = { "07_lines_test.ts": SOUND };
  const alone = await runSpecs(specs, ...MAY_WRITE.slice(0, 2));
  const id = await runSpecs(specs, "--", "--run-id=run-1");
  for (const { success, output, written } of [alone, id]) {
    assert(success, output);
    assertEquals(written, {});
  }
});

Deno.test("an id of a run that leads out of the folder is refused", async () => {
  const args = [...MAY_WRITE.slice(0, -1), "--run-id=../run-1"];
  const { success, output, written } = await runSpecs({ "07_lines_test.ts": SOUND }, ...args);
  assertEquals(success, false);
  assertStringIncludes(output, 'Bad run id: it must be made of letters, digits, ".", "_" and "-"');
  assertEquals(written, {});
});

Deno.test("a step that comes out wrong fails its test and names claim, line, model and assertion", async () => {
  const spec = SOUND.replace('on: [line("one"), lines()]', 'on: [line("bent", 1, 3)]');
  const { success, output, written } = await runSpecs({ "07_lines_test.ts": spec }, ...MAY_WRITE);
  assertEquals(success, false);
  assertStringIncludes(output, "  bent ... FAILED");
  assertStringIncludes(
    output,
    'The claim "through-zero" at spec/07_lines_test.ts:7 fails: on bent,',
  );
  assertStringIncludes(output, "it must be zero at zero");
  assertMatch(output, /spec\/07_lines_test\.ts:12:\d+/, "the cause shows the line of the check");
  assertStringIncludes(output, 'The standing "answered here" is not upheld');
  assertEquals(
    written["07_lines_test.json"].verdict,
    "fails",
    "a failing question is recorded too",
  );
});

Deno.test("what is wrong with a spec fails it: no control, no claim, a digit, twice an id", async () => {
  const empty = `import { md, question } from "../lib/claims/mod.ts";
    question("Why?", () => ({ notes: "yes", standing: "confirmed", answer: md\`\`, wouldChange: md\`\` }));`;
  const { success, output, written } = await runSpecs({
    "01_test.ts": SOUND.replace('mustFailOn: { "a lifted line": lift }', "mustFailOn: {}"),
    "02_test.ts": empty,
    "03_test.ts": SOUND.replace("They do:", "All 12 do:"),
    "04_test.ts": SOUND.replace('"misses-zero"', '"through-zero"'),
    "05_test.ts": SOUND.replace(" \${misses}", ""),
  }, ...MAY_WRITE);
  assertEquals(success, false);
  const reasons = [
    "is broken: it has no control: mustFailOn must name at least one",
    "The question has no claim",
    'A figure was typed into the answer: "12"',
    'Two claims have the id "through-zero"',
    'The answer never refers to the claim "misses-zero"',
  ];
  for (const reason of reasons) assertStringIncludes(output, reason);
  for (const name of ["01", "02", "03", "04", "05"]) {
    assertEquals(written[`${name}_test.json`].verdict, "broken", name);
  }
});

Deno.test("order and filters do not matter: whatever runs first, each claim runs once", async () => {
  const counted = SOUND.replaceAll(
    "measure: ({ bias }) => ({ at: bias })",
    'measure: ({ bias }) => (console.log("measured"), { at: bias })',
  );
  const specs = { "07_lines_test.ts": counted };
  const measured = (output: string) => output.split("measured").length - 1;
  const all = 2 * (1 + 24) + 2;
  for (const seed of [1, 2, 3]) {
    const { success, output } = await runSpecs(specs, `--shuffle=${seed}`);
    assert(success, output);
    assertEquals(measured(output), all);
  }
  const one = await runSpecs(specs, "--filter=a line misses zero");
  assert(one.success, one.output);
  assertEquals(measured(one.output), 2);
  const answer = await runSpecs(specs, "--filter=the answer to", ...MAY_WRITE);
  assertEquals(measured(answer.output), all);
  assertEquals(answer.written["07_lines_test.json"].verdict, "holds");
});
