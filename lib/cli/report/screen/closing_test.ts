import { assert, assertEquals } from "@std/assert";
import * as sample from "../../../report/testing/sample.ts";
import { type Closing, closingLines } from "./closing.ts";

const screen = { terminal: false, write: () => {} };

/** What is said of a document on a screen as large as usual. */
function said(document = sample.document(), how: Partial<Closing> = {}): string[] {
  return closingLines(document, { screen, quiet: false, ...how });
}

/** Sound questions, with numbers from one. */
function sound(count: number) {
  return Array.from({ length: count }, (_, i) => sample.question({ number: i + 1 }));
}

Deno.test("a report that stands says so, and where it is, in its last line", () => {
  const last =
    "Every claim stands: see report/index.html, report/answers.md and report/answers.json";
  assertEquals(said().at(-1), last);
  assertEquals(said(undefined, { quiet: true }), [last], "and only that where quiet is wanted");
});

Deno.test("every question has a line with its verdict and seconds, and all fit a screen", () => {
  const lines = said(sample.document(sound(13)));
  const [first] = lines;
  assert(/^✓ {2}1 Why can't an MLP layer move information.* holds +\d\.\d s$/.test(first), first);
  assert(lines.slice(0, 13).every((line) => line.length <= 80), "on one row each");
  const rows = lines.reduce((sum, line) => sum + Math.ceil(line.length / 80), 0);
  assert(rows <= 24, `${rows} rows`);
});

Deno.test("of more questions than rows those that stand are counted", () => {
  const fallen = sample.question({ number: 99, verdict: "broken", problems: ["It was cut."] });
  const lines = said(sample.document([...sound(30), fallen]));
  assert(lines[0].startsWith("! 99 Why"), lines[0]);
  assert(/^30 others +\d+\.\d s$/.test(lines[1]), lines[1]);
});

Deno.test("what is wrong comes between them, with what is to be said besides", () => {
  const wrong = sample.claim({ verdict: "fails", reason: "on gpt, it moved" });
  const questions = [
    sample.question({ verdict: "fails", claims: [sample.claim({ id: "fine" }), wrong] }),
    sample.question({ number: 1, file: "spec/01_a_test.ts" }),
  ];
  const document = sample.document(questions, { problems: ["It was killed."] });
  const lines = said(document, { quiet: true, more: ["More."] });
  assertEquals(lines[0], `fails: ${wrong.statement} (mlp-is-local)`);
  assertEquals(lines.slice(-3, -1), ["! It was killed.", "More."]);
  assert(lines.at(-1)!.startsWith("NOT every claim stands: see"), "the last line");
});

Deno.test("on a terminal the first failures are told, and the others named", () => {
  const claims = Array.from(
    { length: 5 },
    (_, i) => sample.claim({ id: `claim-${i}`, verdict: "fails", reason: "on gpt, it moved" }),
  );
  const document = sample.document([sample.question({ verdict: "fails", claims })]);
  const reruns = (terminal: boolean) =>
    said(document, { screen: { ...screen, terminal } }).filter((line) => line.includes("rerun:"));
  assertEquals([reruns(true).length, reruns(false).length], [3, 5]);
});
