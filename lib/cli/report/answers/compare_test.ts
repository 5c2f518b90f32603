import { assertEquals } from "@std/assert";
import * as sample from "../../../report/testing/sample.ts";
import { changeLines } from "./change_lines.ts";
import { changes } from "./compare.ts";

const file = "spec/10_mlp_moves_nothing_test.ts";
const was = sample.question();

/** What has changed where the sample question is another now. */
function since(now: Parameters<typeof sample.question>[0]): string[] {
  return changes([was], [sample.question(now)]).map(({ kind, text }) => `${kind}: ${text}`);
}

Deno.test("what is the same has not changed, however long it took", () => {
  const claims = was.claims.map((claim) => ({
    ...claim,
    runs: claim.runs.map((run) => ({ ...run, seconds: 99 })),
  }));
  assertEquals(since({ claims }), []);
});

Deno.test("verdicts are worse or better, of questions and of claims", () => {
  const claims = [sample.claim({ verdict: "not trusted" })];
  const worse = { verdict: "not trusted", claims } as const;
  assertEquals(since(worse), [
    `worse: ${file}: holds → not trusted`,
    `worse: ${file}, mlp-is-local: holds → not trusted`,
  ]);
  const [better] = changes([sample.question(worse)], [was]);
  assertEquals(better, { kind: "better", text: `${file}: not trusted → holds` });
  const lost = { claims: [sample.claim({ verdict: "not applicable" })] };
  assertEquals(since(lost), [`worse: ${file}, mlp-is-local: holds → not applicable`]);
});

Deno.test("what is gone or new is told apart from what changed", () => {
  const other = sample.question({ file: "spec/01_a_test.ts", number: 1 });
  assertEquals(changes([was], [other]), [
    { kind: "gone", text: `${file}: it was holds` },
    { kind: "new", text: "spec/01_a_test.ts: holds" },
  ]);
  assertEquals(since({ claims: [sample.claim({ id: "another" })] }), [
    `gone: ${file}, mlp-is-local: it was holds`,
    `new: ${file}, another: holds`,
  ]);
});

Deno.test("a figure that is shown otherwise is named with its claim", () => {
  const parts = sample.answered(
    "It moved the others by [0](#10-mlp-is-local), itself by " +
      "[0.6](#10-mlp-is-local).",
  );
  assertEquals(since({ parts }), [`figure: ${file}, mlp-is-local: 0.5 → 0.6`]);
});

Deno.test("changes are counted in the last line", () => {
  const lines = changeLines([{ kind: "worse", text: "a\x1b[2J" }], "old.json", 3);
  assertEquals(lines, [
    "worse: a",
    "Compared with old.json: 1 verdict worse, 0 better, 0 new, 0 gone, 0 figures changed. " +
    "Not asked this time: 3 of its questions.",
  ]);
});
