import { assertEquals, assertMatch } from "@std/assert";
import type { ClaimSpec } from "./claim.ts";
import { makeHandle } from "./handle.ts";
import { dots } from "./figure.ts";
import { md } from "./prose.ts";
import { type Answer, questionRecord } from "./question_record.ts";
import type { ClaimRecord, QuestionRecord } from "./record.ts";
import { runClaim } from "./plan.ts";
import { specFile } from "./spec_file.ts";
import { type AtZero, lift, type Line, line, lines, steepen, throughZero } from "./testing/toy.ts";

const handle = makeHandle<AtZero>("through-zero");
const root = new URL("../../", import.meta.url).href;

/** A question that stands, with whatever a test wants to be different. */
async function answered(
  changes: Partial<Answer> = {},
  claims?: ClaimRecord[],
): Promise<QuestionRecord> {
  return questionRecord({
    run: "run-1",
    file: specFile(`${root}spec/02_lines_test.ts`),
    question: "Do lines miss zero by 2?",
    answer: {
      notes: "open",
      standing: "answered here",
      answer: md`No, they miss it by ${handle.max(({ at }) => at)}.`,
      wouldChange: md`A line that misses it.`,
      ...changes,
    },
    models: [],
    claims: claims ?? [await shown()],
  });
}

/** The toy claim with a picture, which a question needs one of. */
function shown(changes: Partial<ClaimSpec<Line, AtZero>> = {}): Promise<ClaimRecord> {
  return runClaim(throughZero({
    show: (runs) =>
      dots({
        title: "Heights at zero",
        caption: "Sound lines lie at zero.",
        x: { label: "line" },
        y: { label: "height" },
        rows: runs.map(({ evidence }, x) => ({ x, y: evidence.at })),
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
    answer: md`No, they miss it by ${handle.max(({ at }) => at)} (${source}).`,
    sources: [other],
  });
  assertEquals({ ...record, claims: record.claims.length }, {
    run: "run-1",
    file: "spec/02_lines_test.ts",
    number: 2,
    question: "Do lines miss zero by 2?",
    notes: "open",
    standing: "answered here",
    verdict: "holds",
    answer: "No, they miss it by [0](#02-through-zero) (Euclid -300, *Lines*).",
    wouldChange: "A line that misses it.",
    sources: [other, source],
    models: [],
    claims: 1,
    problems: [],
  });
});

Deno.test("a question without a claim is broken", async () => {
  const record = await answered({ answer: md`` }, []);
  assertProblem(record, /^The question has no claim/);
});

Deno.test("a digit typed into the answer, or into what would change it, breaks the question", async () => {
  assertProblem(
    await answered({ answer: md`By 7 or ${handle}.` }),
    /^A figure was typed into the answer: "7"/,
  );
  assertProblem(await answered({ wouldChange: md`If it were 7.` }), /typed into the answer: "7\."/);
});

Deno.test("the answer may repeat the digits of its question and of its models' names", async () => {
  const claims = [await shown({ on: [line("line-8")] })];
  const record = await answered({ answer: md`On line-8, 2 is far off ${handle}.` }, claims);
  assertEquals(record.problems, []);
});

Deno.test("a sentence without a claim breaks the question", async () => {
  const record = await answered({ answer: md`No ${handle}. Nor do curves.` });
  assertProblem(record, /^A sentence is tied to no claim: "Nor do curves\."$/);
});

Deno.test("a claim that the answer never refers to breaks the question", async () => {
  const claims = [await shown(), await shown({ id: "unsung" })];
  assertProblem(await answered({}, claims), /^The answer never refers to the claim "unsung"$/);
});

Deno.test("two claims of one id break the question", async () => {
  const claims = [await shown(), await shown()];
  assertProblem(await answered({}, claims), /^Two claims have the id "through-zero"/);
});

Deno.test("a figure that cannot be filled in breaks the question", async () => {
  const answer = md`It is ${handle.value("nobody", ({ at }) => at)}.`;
  const record = await answered({ answer });
  assertProblem(record, /no run is of model "nobody"/);
  assertEquals(record.answer, "");
});

Deno.test("a standing is not upheld by a claim that does not stand, and is as bad as that", async () => {
  const fails = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  const failed = await answered({}, [fails]);
  assertEquals(failed.verdict, "fails");
  assertMatch(
    failed.problems.join(),
    /^The standing "answered here" is not upheld: "through-zero" fails: on bent/,
  );
  const doubtful = await runClaim(throughZero({ controls: { steepen } }));
  const record = await answered({}, [doubtful]);
  assertEquals(record.verdict, "not trusted");
  assertMatch(record.problems.join(), /"through-zero" is not trusted: it had to fail on one/);
});

Deno.test("a standing needs at least one claim that applies", async () => {
  const never = await runClaim(throughZero({ needs: () => "never" }));
  const record = await answered({ answer: md`No ${handle}.` }, [never]);
  assertEquals(record.verdict, "not applicable");
  assertMatch(record.problems.join(), /no claim applies to any model/);
});

Deno.test("an answer is ours where the notes leave the question open, and only there", async () => {
  assertProblem(
    await answered({ notes: "yes" }),
    /^The standing must be against what the notes say/,
  );
  assertProblem(await answered({ standing: "confirmed" }), /^The standing must be "answered here"/);
  assertEquals((await answered({ notes: "yes", standing: "corrected" })).problems, []);
});

Deno.test("a figure of a claim that applies to no model breaks the question", async () => {
  const never = await shown({ id: "never", needs: () => "it has no bend" });
  const bend = makeHandle<AtZero>("never").max(({ at }) => at);
  const answer = md`No, by ${handle.max(({ at }) => at)}, and they bend by ${bend}.`;
  assertProblem(await answered({ answer }, [await shown(), never]), /max of "never": no run is of/);
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

Deno.test("a question without a picture is broken, unless that is because a claim does not stand", async () => {
  assertProblem(
    await answered({}, [await runClaim(throughZero())]),
    /^The question has no picture: at least one of its claims must show its evidence$/,
  );
  const fails = await runClaim(throughZero({ on: [line("bent", 1, 3)] }));
  assertEquals((await answered({}, [fails])).verdict, "fails", "and no worse");
});
