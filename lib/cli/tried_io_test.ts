import { assert, assertEquals, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url).pathname;

/** What is needed to report on the spec. */
const PARTS = ["deno.json", "deno.lock", "mod.ts", "lib", "spec", "fixtures"];

// deno-lint-ignore no-explicit-any
type Answers = any;

/** Files from the project's root, and how they are changed by hand. */
type Edits = Readonly<Record<string, (text: string) => string>>;

/** Changes a copy of the project, and runs with its folder. */
async function inCopy<T>(edits: Edits, use: (project: string) => Promise<T>): Promise<T> {
  const project = await Deno.makeTempDir({ prefix: "tried-" });
  try {
    const parts = PARTS.map((part) => ROOT + part);
    await new Deno.Command("cp", { args: ["-r", ...parts, project] }).output();
    for (const [file, edit] of Object.entries(edits)) {
      const path = `${project}/${file}`;
      await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
    }
    return await use(project);
  } finally {
    await Deno.remove(project, { recursive: true });
  }
}

/** Calls Deno in a folder: how it ended, and what it printed. */
async function deno(cwd: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}

/** Reports on one spec file of a changed copy: the exit code and `answers.json`. */
function reportOn(spec: string, edits: Edits): Promise<{ code: number; answers: Answers }> {
  return inCopy(edits, async (project) => {
    const { code, output } = await deno(project, "task", "report", `spec/${spec}_test.ts`);
    assertStringIncludes(output, "see report/index.html", "a report is made all the same");
    return { code, answers: JSON.parse(await Deno.readTextFile(`${project}/report/answers.json`)) };
  });
}

/** Replaces what must be there, once. */
function replacing(from: string, to: string): (text: string) => string {
  return (text) => {
    assertEquals(text.split(from).length, 2, `the file must have this once, to be tried: ${from}`);
    return text.replace(from, () => to);
  };
}

/** The verdict of each claim of the only question. */
function verdicts({ questions }: Answers): Record<string, string> {
  assertEquals(questions.length, 1, "one question was asked");
  return Object.fromEntries(
    questions[0].claims.map((claim: Answers) => [claim.id, claim.verdict]),
  );
}

Deno.test("without the mask in the model's own code, question 01 turns red", async () => {
  const { code, answers } = await reportOn("01_earlier_tokens", {
    "lib/model/graph/attention.ts": replacing(
      "return g.where(hook(`${name}.mask`, past), scores, -Infinity);",
      "hook(`${name}.mask`, past);\n  return scores;",
    ),
  });
  assertEquals(code, 1, "the command says so");
  assertEquals([answers.stands, answers.questions[0].verdict !== "holds"], [false, true], "so too");
  const found = verdicts(answers);
  assertEquals(found["the-future-is-hidden"], "fails");
  assertEquals(found["every-position-is-a-last-one"], "fails");
  assertEquals(found["a-prediction-for-each-position"], "holds", "which has nothing to do with it");
});

Deno.test("a sabotage of strength zero turns its claim to not trusted", async () => {
  const { code, answers } = await reportOn("10_mlps_and_other_tokens", {
    "spec/10_mlps_and_other_tokens_test.ts": replacing("leakyMlp(0.01)", "leakyMlp(0)"),
  });
  assertEquals(code, 1, "the command says so");
  const found = verdicts(answers);
  assertEquals(found["mlp-is-local"], "not trusted");
  assert(Object.values(found).includes("holds"), "what does not use it stands");
});

Deno.test("a damaged card or config stops only who runs its model", () => {
  const half = (text: string) => text.slice(0, text.length / 2);
  const edits = {
    "fixtures/models/learned/1/card.json": half,
    "fixtures/models/rotary/1/config.json": half,
  };
  return inCopy(edits, async (project) => {
    const code = `import { oneOfEachWiring as trained } from "./fixtures/subjects/trained.ts";
      const loaded = await Promise.allSettled(trained.map((subject) => subject.load()));
      console.log(loaded.map(({ status }, i) => trained[i].name + " " + status).join(", "));`;
    await Deno.writeTextFile(`${project}/main.ts`, code);
    const { output } = await deno(project, "run", "--no-prompt", "--no-check", "main.ts");
    assertStringIncludes(
      output,
      "learned/1 rejected, sinusoidal/1 fulfilled, rotary/1 rejected, alibi/1 fulfilled",
    );
  });
});
