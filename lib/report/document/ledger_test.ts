import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderFiles } from "../render.ts";
import { violations } from "../schema.ts";
import * as sample from "../testing/sample.ts";
import { type FilledLedger, ledgerInWords, type LedgerRow, ledgerTable } from "./ledger.ts";

const row: LedgerRow = {
  id: "loss",
  what: "the loss <here>",
  published: "5.3319",
  within: "0.001 of it",
  source: { title: "A [paper]", url: "https://example.org/a" },
};
const found = { ours: "5.3320", difference: 1.2345e-4, replicated: true };
const ledger: FilledLedger = {
  name: "mine",
  rows: [{ ...row, ...found }, { ...row, ...found, replicated: false }, { ...row, reason: "no" }],
};

Deno.test("each figure stands beside ours, and says whether that is the same", () => {
  const said = ["the loss <here>", "5.3319"];
  assertEquals(ledgerTable(ledger).rows, [
    [...said, "5.3320", "0.00012", "0.001 of it", "✓ yes"],
    [...said, "5.3320", "0.00012", "0.001 of it", "✗ no"],
    [...said, "no", "", "0.001 of it", "! not measured"],
  ]);
  assertEquals(ledgerInWords(ledger), "Of 3 published figures of mine 1 were replicated.");
});

Deno.test("all renderings have it, with its sources, and the data keep their form", () => {
  const yours = { name: "mine", about: "2 layers", notes: [], runtime: "web", claims: [] } as const;
  const files = renderFiles(sample.document(undefined, { yours: { ...yours, ledger } }));
  for (const path of ["index.html", "answers.md"]) {
    assertStringIncludes(files.get(path)!, "Published figures of mine", path);
    assertStringIncludes(files.get(path)!, "https://example.org/a", path);
    assert(!files.get(path)!.includes("<here>"), path);
  }
  const answers = JSON.parse(files.get("answers.json")!);
  assertEquals(violations(answers), []);
  assertEquals(answers.yours.ledger, ledger);
  const without = renderFiles(sample.document(undefined, { yours }));
  assert(!without.get("index.html")!.includes("Published figures"));
});
