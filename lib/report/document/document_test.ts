import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  sampleClaim,
  sampleControl,
  sampleDocument,
  sampleFamily,
  sampleQuestion,
  sampleRun,
} from "../testing/sample.ts";

Deno.test("questions come in the order of their numbers, whatever order they ended in", () => {
  const files = [[10, "b"], [2, "a"], [10, "a"]] as const;
  const questions = files.map(([number, name]) =>
    sampleQuestion({ number, file: `spec/${number}_${name}_test.ts` })
  );
  assertEquals(sampleDocument(questions).questions.map((question) => question.file), [
    "spec/2_a_test.ts",
    "spec/10_a_test.ts",
    "spec/10_b_test.ts",
  ], "by number, then by file");
});

Deno.test("every place in a document of forty questions has a name of its own", () => {
  const questions = Array.from({ length: 40 }, (_, i) => sampleQuestion({ number: i % 20 }));
  const document = sampleDocument(questions);
  const names = document.questions.flatMap(({ anchor, views }) => [
    anchor,
    ...views.flatMap((view) => [view.anchor, ...view.pictures.map((picture) => picture.anchor)]),
  ]);
  assertEquals(names.length, 120, "a question, a claim and a figure each");
  assertEquals(new Set(names).size, names.length, "even where numbers are used twice");
  assert(names.includes("05-mlp-is-local"), "a claim is where references to it lead");
});

Deno.test("totals count questions, claims and runs by verdict and role", () => {
  const { totals } = sampleDocument([
    sampleQuestion(),
    sampleQuestion({
      number: 2,
      verdict: "fails",
      claims: [
        sampleClaim({ verdict: "fails", runs: [sampleRun()] }),
        sampleClaim({ id: "b", verdict: "refuted", runs: [sampleControl(), sampleControl()] }),
      ],
    }),
  ]);
  const none = { holds: 0, refuted: 0, fails: 0, "not trusted": 0, broken: 0, "not applicable": 0 };
  assertEquals(totals.questions, { ...none, total: 2, holds: 1, fails: 1 }, "questions");
  assertEquals(totals.claims, { ...none, total: 3, holds: 1, refuted: 1, fails: 1 }, "claims");
  assertEquals(totals.runs, { subject: 8, control: 9 }, "runs: 7 and 7 are the sample's own");
});

Deno.test("a document stands only where every question and the run itself do", () => {
  assert(sampleDocument().stands, "a sound one stands");
  const broken = sampleQuestion({ verdict: "broken" });
  const inside = sampleQuestion({ claims: [sampleClaim({ verdict: "not trusted" })] });
  const fallen = [
    sampleDocument([broken]),
    sampleDocument([inside]),
    sampleDocument([sampleQuestion()], { problems: ["the run was cut short"] }),
    sampleDocument([]),
  ];
  for (const document of fallen) assert(!document.stands, document.summary);
});

Deno.test("a claim that does not apply brings nothing down", () => {
  const claims = [sampleClaim(), sampleClaim({ id: "b", verdict: "not applicable", runs: [] })];
  assert(sampleDocument([sampleQuestion({ claims })]).stands, "it has its reason");
});

Deno.test("a document says in words what stands and how often it was run", () => {
  assertEquals(
    sampleDocument().summary,
    "1 of 1 claim and 1 of 1 question stand. The claims were run 7 times on the models they are " +
      "about and 7 times on controls, which must come out the other way.",
    "the sample's one claim",
  );
  assertStringIncludes(sampleDocument([]).summary, "nothing was checked", "and of none");
});

Deno.test("a part of the spec is not the whole", () => {
  const part = sampleDocument([sampleQuestion()], { files: { run: 1, found: 13 } });
  assertEquals([part.complete, sampleDocument().complete], [false, true], "1 of 13, and 1 of 1");
});

Deno.test("runs are gathered by model, family and control", () => {
  const idle = sampleControl({ control: "unfit", model: "attn-0l", verdict: "not applicable" });
  const runs = [sampleRun(), ...sampleFamily(24), sampleControl(), idle];
  const controls = [
    { name: "an MLP that mixes in its left neighbour", description: "leaks" },
    { name: "never run", description: "" },
  ];
  const document = sampleDocument([sampleQuestion({ claims: [sampleClaim({ runs, controls })] })]);
  const [{ subjects, checks }] = document.questions[0].views;
  assertEquals(
    subjects.map(({ name, family, runs }) => [name, family, runs.length]),
    [["gpt", false, 1], ["random transformers", true, 24]],
    "a family is one group",
  );
  assertEquals(
    subjects[1].measured.map(({ name, text }) => `${name}: ${text}`),
    ["others: 0", "self: 0.5 to 2.8", "layers: 1 to 3"],
    "with the range over its members",
  );
  assertEquals(
    checks.map(({ name, description, groups }) => [name, description, groups.length]),
    [
      ["an MLP that mixes in its left neighbour", "leaks", 1],
      ["never run", "", 0],
      ["unfit", "", 1],
    ],
    "controls that were declared and not run, and those that were run and not declared, too",
  );
});
