import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Answers, Project } from "./testing/project.ts";

/** Files from the project's root, and how they are changed by hand. */
type Edits = Readonly<Record<string, (text: string) => string>>;

/** Changes a copy of the project, and runs with it. */
function inChanged(edits: Edits, body: (project: Project) => Promise<void>): Promise<void> {
  return Project.copy(async (project) => {
    for (const [file, edit] of Object.entries(edits)) {
      const path = `${project.folder}/${file}`;
      await Deno.writeTextFile(path, edit(await Deno.readTextFile(path)));
    }
    await body(project);
  });
}

/** The verdict of each claim of the only question of a changed copy, which must not stand. */
async function verdictsOf(
  spec: string,
  edits: Edits,
  check: (verdicts: Record<string, string>) => void,
): Promise<void> {
  await inChanged(edits, async (project) => {
    const { code, output, answers } = await project.report(`spec/${spec}_test.ts`);
    assertEquals([code, answers.stands], [1, false], output);
    const [question, ...others] = answers.questions;
    assertEquals([question.verdict !== "holds", others], [true, []], "one question was asked");
    check(Object.fromEntries(question.claims.map(({ id, verdict }: Answers) => [id, verdict])));
  });
}

/** Replaces what must be there, once. */
function replacing(from: string, to: string): (text: string) => string {
  return (text) => {
    assertEquals(text.split(from).length, 2, `the file must have this once, to be tried: ${from}`);
    return text.replace(from, () => to);
  };
}

Deno.test("without the mask in the model's own code, question 01 turns red", () => {
  const edits = {
    "lib/model/graph/attention.ts": replacing(
      "return g.where(hook(`${name}.mask`, past), scores, -Infinity);",
      "hook(`${name}.mask`, past);\n  return scores;",
    ),
  };
  return verdictsOf("01_earlier_tokens", edits, (found) => {
    assertEquals(found["the-future-is-hidden"], "fails");
    assertEquals(found["every-position-is-a-last-one"], "fails");
    assertEquals(found["a-prediction-for-each-position"], "holds", "it has nothing to do with it");
  });
});

Deno.test("a sabotage of strength zero turns its claim to not trusted", () => {
  const edits = {
    "spec/10_mlps_and_other_tokens/subjects.ts": replacing("leakyMlp(0.01)", "leakyMlp(0)"),
  };
  return verdictsOf("10_mlps_and_other_tokens", edits, (found) => {
    assertEquals(found["mlp-is-local"], "not trusted");
    assert(Object.values(found).includes("holds"), "what does not use it stands");
  });
});

Deno.test("a damaged card or config stops only who runs its model", () => {
  const half = (text: string) => text.slice(0, text.length / 2);
  const edits = {
    "fixtures/models/learned/1/card.json": half,
    "fixtures/models/rotary/1/config.json": half,
  };
  return inChanged(edits, async (project) => {
    const code = `import { oneOfEachWiring as trained } from "./fixtures/subjects/trained.ts";
      const loaded = await Promise.allSettled(trained.map((subject) => subject.load()));
      console.log(loaded.map(({ status }, i) => trained[i].name + " " + status).join(", "));`;
    await Deno.writeTextFile(`${project.folder}/main.ts`, code);
    const args = ["run", "--no-prompt", "--no-check", "../main.ts"];
    const { output } = await project.call(Deno.execPath(), args);
    assertStringIncludes(
      output,
      "learned/1 rejected, sinusoidal/1 fulfilled, rotary/1 rejected, alibi/1 fulfilled",
    );
  });
});
