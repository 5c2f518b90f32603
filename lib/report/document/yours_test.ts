import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderFiles } from "../render.ts";
import { violations } from "../schema.ts";
import * as sample from "../testing/sample.ts";
import { type Yours, type YoursClaim, yoursInWords, yoursSummary, yoursTable } from "./yours.ts";

function own(changed: Partial<YoursClaim> = {}): YoursClaim {
  const { file, claims: [{ id, kind }] } = sample.question();
  const runs = [
    sample.run({ model: "mine", origin: "yours" }),
    sample.control({ origin: "yours" }),
  ];
  return { file, id, kind, outcome: "agrees", unnoticed: [], runs, ...changed };
}

function yours(...claims: YoursClaim[]): Yours {
  return {
    name: "mine",
    about: "2 layers",
    notes: ["It was given no text."],
    runtime: "web",
    claims,
  };
}

const bounds = [{ field: "others", equals: 0, what: "no other position may move" }];
const [asked] = sample.documentOf({ bounds }).questions;

Deno.test("a claim is said to agree with what was measured, and from what it was told apart", () => {
  const rows = yoursTable(asked, yours(own()))!.rows;
  assertEquals(rows[0].slice(1), ["identity", "✓ agrees", "others 0; told from 1 broken twin"]);
  const [control] = own().runs.map(({ control }) => control).filter(Boolean);
  const blind = yoursTable(asked, yours(own({ unnoticed: [control!] })))!.rows;
  assertEquals(blind[0][3], `others 0; not told from: ${control}`);
});

Deno.test("what does not agree, or cannot be asked, says why", () => {
  const reason = "others must be exactly 0, got 2\n\n  [Diff]";
  const [row] = yoursTable(asked, yours(own({ outcome: "does not", reason })))!.rows;
  assertEquals(row.slice(2), ["✗ does not", "others must be exactly 0, got 2"]);
  const missing = own({ outcome: "not applicable", reason: "it has no MLP", runs: [] });
  assertEquals(yoursTable(asked, yours(missing))!.rows[0].slice(2), [
    "– not applicable",
    "it has no MLP",
  ]);
  assertEquals(yoursTable(asked, yours(own({ file: "spec/2_test.ts" }))), undefined, "of another");
});

Deno.test("of a wrong belief it is said whether it is one of this model, too", () => {
  const [belief] = sample.documentOf({ direction: "refuted" }).questions;
  const signs = (["agrees", "does not"] as const).map((outcome) =>
    yoursTable(belief, yours(own({ outcome })))!.rows[0][2]
  );
  assertEquals(signs, ["✓ refuted here, too", "✗ not refuted here"]);
});

Deno.test("questions are summed up, and the whole in a sentence", () => {
  const some = yours(own(), own({ outcome: "not applicable" }));
  assertEquals(yoursSummary([asked], some), {
    head: ["question", "agrees", "does not", "not applicable"],
    rows: [[`10. ${asked.question}`, 1, 0, 1]],
  });
  assertStringIncludes(yoursInWords(some), "Of 2 claims your model agrees with 1 and not with 0");
});

Deno.test("all renderings have it, where a model was asked, and the data keep their form", () => {
  const files = renderFiles(sample.document(undefined, { yours: yours(own()) }));
  const without = renderFiles(sample.document());
  for (const path of ["index.html", "10-mlp-moves-nothing.html", "answers.md"]) {
    assertStringIncludes(files.get(path)!, "Your model: mine", path);
    assert(!without.get(path)!.includes("Your model"), path);
  }
  const answers = JSON.parse(files.get("answers.json")!);
  assertEquals(violations(answers), []);
  assertEquals(answers.yours.claims[0].outcome, "agrees");
  assertEquals(JSON.parse(without.get("answers.json")!).yours, undefined);
});
