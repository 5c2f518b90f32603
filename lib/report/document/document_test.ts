import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Verdict } from "../../claims/mod.ts";
import type { Document } from "./document.ts";
import type { Picture } from "./picture.ts";
import * as sample from "../testing/sample.ts";

Deno.test("questions come in the order of their numbers, whatever order they ended in", () => {
  const files = [[10, "b"], [2, "a"], [10, "a"]] as const;
  const questions = files.map(([number, name]) =>
    sample.question({ number, file: `spec/${number}_${name}_test.ts` })
  );
  assertEquals(sample.document(questions).questions.map((question) => question.file), [
    "spec/2_a_test.ts",
    "spec/10_a_test.ts",
    "spec/10_b_test.ts",
  ], "by number, then by file");
});

Deno.test("every place in a document of forty questions has a name of its own", () => {
  const questions = Array.from({ length: 40 }, (_, i) => sample.question({ number: i % 20 }));
  const document = sample.document(questions);
  const names = document.questions.flatMap(({ anchor, views }) => [
    anchor,
    ...views.flatMap((view) => [view.anchor, ...view.pictures.map((picture) => picture.anchor)]),
  ]);
  assertEquals(names.length, 120, "a question, a claim and a figure each");
  assertEquals(new Set(names).size, names.length, "even where numbers are used twice");
  assert(names.includes("05-mlp-is-local"), "a claim is where references to it lead");
});

Deno.test("totals count questions, claims and runs by verdict and role", () => {
  const { totals } = sample.document([
    sample.question(),
    sample.question({
      number: 2,
      verdict: "fails",
      claims: [
        sample.claim({ verdict: "fails", runs: [sample.run()] }),
        sample.claim({ id: "b", verdict: "refuted", runs: [sample.control(), sample.control()] }),
      ],
    }),
  ]);
  const none = { holds: 0, refuted: 0, fails: 0, "not trusted": 0, broken: 0, "not applicable": 0 };
  assertEquals(totals.questions, { ...none, total: 2, holds: 1, fails: 1 }, "questions");
  assertEquals(totals.claims, { ...none, total: 3, holds: 1, refuted: 1, fails: 1 }, "claims");
  assertEquals(totals.runs, { subject: 8, control: 9 }, "runs: 7 and 7 are the sample's own");
});

Deno.test("a document stands only where every question and the run itself do", () => {
  const inside = (verdict: Verdict) => {
    const claims = [sample.claim(), sample.claim({ id: "b", verdict, runs: [] })];
    return sample.document([sample.question({ claims })]);
  };
  const cases: [Document, stands: boolean][] = [
    [sample.document(), true],
    [inside("not applicable"), true],
    [inside("not trusted"), false],
    [sample.document([sample.question({ verdict: "broken" })]), false],
    [sample.document([sample.question()], { problems: ["the run was cut short"] }), false],
    [sample.document([]), false],
  ];
  for (const [document, stands] of cases) assertEquals(document.stands, stands, document.summary);
});

Deno.test("a document says in words what stands and how often it was run", () => {
  assertEquals(
    sample.document().summary,
    "1 of 1 claim and 1 of 1 question stand. The claims were run 7 times on the models they are " +
      "about and 7 times on controls, which must come out the other way.",
    "the sample's one claim",
  );
  assertStringIncludes(sample.document([]).summary, "nothing was checked", "and of none");
});

Deno.test("a sound and whole run needs no warning, any other does", () => {
  const [whole, part] = [{}, { files: { run: 1, found: 13 }, problems: ["It was killed."] }]
    .map((info) => sample.document([sample.question()], info));
  assertEquals(whole.warnings, [], "a sound one");
  const some = "This is a part of the spec: 1 of 13 spec files were run.";
  assertEquals(part.warnings, [some, "It was killed."], "a part of one");
});

Deno.test("a figure that cannot be drawn breaks its question, and neither the others nor the report", () => {
  const figures = [sample.figure("bars"), sample.figure("lines")];
  const question = sample.question({ claims: [sample.claim({ figures })] });
  const charts = { wide: "<svg>", narrow: "<svg>" };
  const document = sample.document([question], {}, ({ kind }) => {
    if (kind === "bars") throw new Error("no room");
    return charts;
  });
  const [{ verdict, problems, views: [{ pictures }] }] = document.questions;
  assertEquals(
    [verdict, document.stands],
    ["broken", false],
    "the picture is a part of the answer",
  );
  const reason = 'The figure "How far a nudge reaches, as bars" cannot be drawn: no room';
  assertEquals(problems, [reason], "with the reason");
  assertEquals(
    pictures.map(({ charts }) => charts),
    [undefined, charts],
    "the other has its charts",
  );
});

Deno.test("runs are gathered by model, family and control", () => {
  const idle = sample.control({ control: "unfit", model: "attn-0l", verdict: "not applicable" });
  const runs = [sample.run(), ...sample.family(24), sample.control(), idle];
  const controls = [
    { name: "an MLP that mixes in its left neighbour", description: "leaks" },
    { name: "never run", description: "" },
  ];
  const { subjects, controlViews } = sample.view({ runs, controls });
  assertEquals(
    subjects.map(({ name, family, runs }) => [name, family, runs.length]),
    [["gpt", false, 1], ["random transformers", true, 24]],
    "a family is one group",
  );
  assertEquals(
    Object.fromEntries(subjects[1].measured),
    { others: "0", self: "0.5 to 2.8", layers: "1 to 3" },
    "with the range over its members",
  );
  assertEquals(
    controlViews.map(({ name, description, groups }) => [name, description, groups.length]),
    [
      ["an MLP that mixes in its left neighbour", "leaks", 1],
      ["never run", "", 0],
      ["unfit", "", 1],
    ],
    "controls that were declared and not run, and those that were run and not declared, too",
  );
});

Deno.test("each paragraph is followed by the pictures of the claims that it is the first to cite", () => {
  const shown = ["a", "b", "c"].map((id) =>
    sample.claim({ id, figures: [sample.figure("lines"), sample.figure("dots")] })
  );
  const paragraphs = [["b"], ["b", "a"], []].map((claims) => ({
    kind: "say" as const,
    text: "so",
    claims,
  }));
  const parts = [{ paragraphs: paragraphs.slice(0, 1) }, { paragraphs: paragraphs.slice(1) }];
  const [{ answer, rest }] = sample.document([sample.question({ parts, claims: shown })]).questions;
  const anchors = (pictures: readonly Picture[]) => pictures.map(({ anchor }) => anchor);
  assertEquals(
    answer.map(({ paragraphs }) => paragraphs.map(({ pictures }) => anchors(pictures))),
    [[["10-b-figure-1", "10-b-figure-2"]], [["10-a-figure-1", "10-a-figure-2"], []]],
    "across parts too, and each picture once",
  );
  assertEquals(anchors(rest), ["10-c-figure-1", "10-c-figure-2"], "what none cites comes last");
});
