import { assertEquals, assertMatch } from "@std/assert";
import type { ClaimSpec } from "./claim.ts";
import type { ParagraphKind, QuestionInfo } from "./prose/essay.ts";
import { makeHandle } from "./prose/handle.ts";
import { dots } from "./pictures/mod.ts";
import { md, type Prose } from "./prose/prose.ts";
import { suggest, type Suggestion } from "./prose/suggestion.ts";
import { questionRecord } from "./question_record.ts";
import type { ClaimRecord, QuestionRecord } from "./record.ts";
import { runClaim } from "./plan.ts";
import { specFile } from "./spec_file.ts";
import { type AtZero, lift, type Line, line, lines, steepen, throughZero } from "./testing/toy.ts";

const handle = makeHandle<AtZero>("through-zero");
const root = new URL("../../", import.meta.url).href;

/** What a test may want to be different: what is declared, or what is written. */
type Changes = Partial<QuestionInfo> & {
  readonly short?: Prose;
  readonly answer?: Prose;
  readonly kind?: ParagraphKind;
  readonly wouldChange?: Prose;
  readonly suggestions?: readonly Suggestion[];
};

/** A question that stands, with whatever a test wants to be different. */
async function answered(changes: Changes = {}, claims?: ClaimRecord[]): Promise<QuestionRecord> {
  const {
    short = md`No, they miss it.`,
    answer = md`No, they miss it by ${handle.max("at")}.`,
    kind = "say",
    wouldChange = md`A line that misses it.`,
    suggestions = [],
    ...info
  } = changes;
  return questionRecord({
    run: "run-1",
    file: specFile(`${root}spec/02_lines_test.ts`),
    question: "Do lines miss zero by 2?",
    info: { notes: "open", standing: "answered here", ...info },
    essay: { parts: [{ short, paragraphs: [{ kind, prose: answer }] }], wouldChange, suggestions },
    models: [],
    claims: claims ?? [await shown()],
  });
}

/** The toy claim with a picture, which a question needs one of. */
function shown(changes: Partial<ClaimSpec<Line, AtZero>> = {}): Promise<ClaimRecord> {
  return runClaim(throughZero({
    show: dots({
      title: "Heights at zero",
      caption: "Sound lines lie at zero.",
      x: { label: "line", of: "model" },
      y: { label: "height", of: "at" },
      series: () => "lines",
    }),
    ...changes,
  }));
}

/** Checks that the question is broken for one reason only. */
function assertProblem({ verdict, problems }: QuestionRecord, reason: RegExp): void {
  assertEquals(verdict, "broken");
  assertEquals(problems.length, 1, problems.join("\n"));
  assertMatch(problems[0], reason);
}

Deno.test("an answer that stands leaves a record with everything in it", async () => {
  const source = { title: "Lines", authors: "Euclid", year: -300 };
  const other = { ...source, title: "Planes" };
  const record = await answered({
    answer: md`No, they miss it by ${handle.max("at")} (${source}).`,
    sources: [other],
  });
  assertEquals({ ...record, claims: record.claims.length }, {
    run: "run-1",
    file: "spec/02_lines_test.ts",
    number: 2,
    question: "Do lines miss zero by 2?",
    notes: "open",
    standing: "answered here",
    lit: [],
    verdict: "holds",
    short: "No, they miss it.",
    parts: [{
      paragraphs: [{
        kind: "say",
        text: "No, they miss it by [0](#02-through-zero) (Euclid -300, *Lines*).",
        claims: ["through-zero"],
      }],
    }],
    wouldChange: "A line that misses it.",
    sources: [other, source],
    models: [],
    claims: 1,
    problems: [],
  });
});

Deno.test("what is wrong with an answer breaks its question", async () => {
  const never = await shown({ id: "never", needs: () => "it has no bend" });
  const bend = makeHandle<AtZero>("never").max("at");
  const nobody = handle.value("nobody", "at");
  const cases: [Changes, ClaimRecord[] | undefined, RegExp][] = [
    [{ answer: md`By 7 or ${handle}.` }, undefined, /^A figure was typed into the answer: "7"/],
    [{ wouldChange: md`If it were 7.` }, undefined, /typed into the answer: "7\."/],
    [
      {},
      [await shown(), await shown({ id: "unsung" })],
      /^The answer never refers to the claim "unsung"$/,
    ],
    [{}, [await shown(), await shown()], /^Two claims have the id "through-zero"/],
    [{ answer: md`It is ${nobody}.` }, undefined, /no run is of model "nobody"/],
    [
      { answer: md`No, by ${handle.max("at")}, and they bend by ${bend}.` },
      [await shown(), never],
      /max of "never": no run is of/,
    ],
    [{ notes: "yes" }, undefined, /^The standing must be against what the notes say/],
    [{ standing: "confirmed" }, undefined, /^The standing must be "answered here"/],
    [
      {},
      [await runClaim(throughZero())],
      /^The question has no picture: at least one of its claims must show its evidence$/,
    ],
  ];
  for (const [changes, claims, reason] of cases) {
    assertProblem(await answered(changes, claims), reason);
  }
  const { problems: [none] } = await answered({ answer: md`They do not.` }, []);
  assertMatch(none, /^The question has no claim/);
  const unknown = await answered({ answer: md`It is ${nobody}.` });
  assertEquals(unknown.parts[0].paragraphs[0].text, "", "nothing is guessed");
});

Deno.test("notes that say something are confirmed or corrected", async () => {
  assertEquals((await answered({ notes: "yes", standing: "corrected" })).problems, []);
});

Deno.test("the answer may repeat the digits of its question and of its models' names", async () => {
  const claims = [await shown({ on: [line("line-8")] })];
  const record = await answered({ answer: md`On line-8, 2 is far off ${handle}.` }, claims);
  assertEquals(record.problems, []);
});

Deno.test("a standing is not upheld by a claim that does not stand, and is as bad as that", async () => {
  const cases = [
    [{ on: [line("bent", 1, 3)] }, "fails", /"through-zero" fails: on bent/],
    [{ controls: { steepen } }, "not trusted", /"through-zero" is not trusted: it had to fail on/],
    [{ needs: () => "never" }, "not applicable", /no claim applies to any model/],
  ] as const;
  for (const [changes, verdict, reason] of cases) {
    const claim = await runClaim(throughZero(changes));
    const record = await answered({ answer: md`No ${handle}.` }, [claim]);
    // Nor is there a picture then, which is no fault of its own.
    assertEquals(record.verdict, verdict);
    assertMatch(record.problems.join(), /^The standing "answered here" is not upheld: /);
    assertMatch(record.problems.join(), reason);
  }
});

Deno.test("a name with digits is that of a model, a family or a control of the claims", async () => {
  const on = [line("line-8"), { ...lines(), name: "24 lines" }];
  const claims = [await shown({ on, controls: { "lifted by 1": lift } })];
  const names = ["line-8", "24 lines", "lifted by 1", "a line"];
  for (const name of names) {
    const record = await answered({ answer: md`On ${{ name }} it is so ${handle}.` }, claims);
    assertEquals(record.problems, [], name);
  }
  for (const name of ["0.34", "line-9", "٣"]) {
    const record = await answered({ answer: md`By ${{ name }} at most ${handle}.` }, claims);
    assertProblem(record, new RegExp(`^A name in the answer has digits .* got "${name}"$`));
  }
});

Deno.test("a term of the glossary is linked where it first stands, and one that cannot be is said", async () => {
  const record = await answered({ answer: md`A head, and a head ${handle}.` });
  assertEquals(
    record.parts[0].paragraphs[0].text,
    "A [head](#term-head), and a head [[a]](#02-through-zero).",
  );
  const claims = [await shown({ statement: "a head goes through zero" })];
  assertProblem(await answered({}, claims), /uses the term "head", which the answer never uses/);
});

Deno.test("what the reader is to break is kept in words, with what becomes of the claims", async () => {
  const why = md`Each position sees ${{ name: "all" }} ${handle}.`;
  const { suggestions, problems } = await answered({
    suggestions: [suggest("no-causal-mask", { notice: [handle] }, why)],
  });
  assertEquals(problems, []);
  assertEquals(suggestions, [{
    sabotages: ["no-causal-mask"],
    name: "no causal mask",
    description: "Every position may attend to every other one.",
    notice: ["through-zero"],
    stand: [],
    why: "Each position sees all [[a]](#02-through-zero).",
  }]);
});

Deno.test("what the reader is to break has no typed figure in it either", async () => {
  const typed = suggest("no-causal-mask", { notice: [handle] }, md`It moves by 3 ${handle}.`);
  assertProblem(await answered({ suggestions: [typed] }), /A figure was typed.*"3"/);
});
