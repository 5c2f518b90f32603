import { assertEquals, assertStringIncludes } from "@std/assert";
import { all, contents } from "../testing/pages.ts";
import { contentsHtml } from "./contents.ts";
import * as sample from "../testing/sample.ts";

Deno.test("the table of contents has each question's short answer", () => {
  const found = contents(
    sample.document([sample.question(), sample.question({ number: 2, short: "" })]),
  );
  const entries = all(found, ".contents li").map((entry) => entry.textContent);
  assertStringIncludes(entries[1], "Because it is applied to each position alone.");
  assertStringIncludes(entries[1], "✓ all claims stand, 1 of 1 claim");
  assertEquals(all(found, ".contents p:not(.state, .notes)").length, 1, "where there is one");
});

Deno.test("a question leads to its page, and says how the notes stand to its answer", () => {
  const found = contents(
    sample.document([sample.question({ notes: "yes", standing: "confirmed" })]),
  );
  const entry = found.querySelector(".contents li")!;
  assertEquals(entry.querySelector("a")!.getAttribute("href"), "10-mlp-moves-nothing.html");
  const run = entry.querySelector(".state a")!;
  assertEquals(run.getAttribute("href"), "10-mlp-moves-nothing.html#live");
  assertEquals(run.textContent, "run it, break it");
  assertStringIncludes(entry.querySelector(".notes")!.textContent, "Checked here: confirmed.");
});

Deno.test("questions that do not stand are said to, and none are said to be none", () => {
  const fallen = contents(sample.document([sample.question({ verdict: "broken" })]));
  assertStringIncludes(fallen.querySelector("nav")!.textContent, "Not everything stands.");
  const none = contents(sample.document([])).querySelector("main")!;
  assertStringIncludes(none.textContent, "nothing was checked");
});

Deno.test("forty questions have a page each, whatever their files are called", () => {
  const asked = Array.from({ length: 40 }, (_, i) => sample.question({ number: i + 1 }));
  // A claim may be called what its question's page is.
  const claims = [sample.claim({ id: "odd-name" })];
  const same = sample.question({ number: 7, claims, file: "spec/07_ä 'odd' name?_test.ts" });
  const links = all(contents(sample.document([...asked, same, same])), ".contents li a")
    .map((link) => link.getAttribute("href")!).filter((href) => !href.endsWith("#live"));
  assertEquals(new Set(links).size, 42, "no two are one");
  assertEquals(links.filter((href) => href.startsWith("07-")), [
    "07-odd-name.html",
    "07-odd-name-2.html",
    "07-mlp-moves-nothing.html",
  ]);
});

Deno.test("where pages can run their claims, the contents say so", () => {
  const document = sample.document([sample.question()]);
  assertStringIncludes(contentsHtml(document, true), "run in your browser");
  assertEquals(contentsHtml(document).includes("run in your browser"), false);
});

Deno.test("the contents lead to the matrix of all sabotages where there is one", () => {
  const link = (matrix?: string) =>
    all(contents({ ...sample.document(), matrix }), 'a[href="sabotage.html"]').length;
  assertEquals([link(), link("2 sabotages, 2 noticed; 3 claims, 3 trusted")], [0, 1]);
});
