import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { all, drawn, page } from "../testing/pages.ts";
import * as sample from "../testing/sample.ts";
import { questionPageHtml } from "./question_page.ts";

Deno.test("the page has the question, the answer, the claim and what came of it", () => {
  const found = page(sample.document());
  assertStringIncludes(found.querySelector("article h1")!.textContent, "Why can't an MLP layer");
  assertStringIncludes(found.querySelector(".notes")!.textContent, "answered here");
  assertEquals(found.querySelector(".short")!.textContent, sample.question().short);
  assertMatch(
    found.querySelector(".say")!.textContent,
    /nudging one position moved the others by 0/,
  );
  const claim = found.querySelector(".claim")!.textContent;
  const texts = ["ignores every other position", "✓ holds", "identity", "failed, as it should"];
  for (const text of texts) assertStringIncludes(claim, text);
});

Deno.test("pictures have names and captions, tables have heads", () => {
  for (const figure of drawn.flatMap((found) => all(found, "figure"))) {
    assert(figure.querySelector('svg[role="img"][aria-label]'), "a chart must have a name");
    assert(figure.querySelector("figcaption"), "a figure must have a caption");
    if (figure.matches(".head")) continue;
    assert(figure.querySelector("details table"), "its data must be there as a table");
  }
  for (const table of drawn.flatMap((found) => all(found, "table"))) {
    assert(table.querySelector('thead th[scope="col"]'), "a table must have a head");
  }
});

Deno.test("each control of a claim can be opened: its picture beside the claim's, and what came out", () => {
  const { controls: [own], ...claim } = sample.claim();
  const figures = [sample.figure("lines")];
  const controls = [{ ...own, figures, standsIn: "tiny" }];
  const found = page(sample.documentOf({ ...claim, controls }));
  for (const place of ["article > figure", ".claim dd"]) {
    const opened = found.querySelector(`${place} details.as-broken`)!;
    assertStringIncludes(opened.querySelector("summary")!.textContent, `broken: ${own.name}`);
    assertMatch(opened.textContent, /Measured on tiny, in the place of the/);
    const says = /Here the claim failed, as it should, on /.test(opened.textContent);
    assertEquals(says, place !== ".claim dd", "what the claim's own list says already");
    const images = [...opened.querySelectorAll("img")];
    const stem = "figures/10-mlp-is-local-control-1-figure-1";
    assertEquals(
      images.map((image) => [image.getAttribute("src"), image.getAttribute("loading")]),
      [
        [`${stem}-wide.svg`, "lazy"],
        [`${stem}-narrow.svg`, "lazy"],
      ],
    );
  }
  const bare = page(sample.documentOf({ figures: [] }));
  assert(bare.querySelector(".claim details.as-broken .findings"));
});

Deno.test("a claim without a number to bound says so in the place of its line", () => {
  const runs = [sample.run({ evidence: { names: ["a"] } })];
  const claim = page(sample.documentOf({ runs })).querySelector(".claim")!;
  assertStringIncludes(claim.textContent, "No number to bound");
});

Deno.test("what is wrong with a question is said in words", () => {
  const broken = sample.question({ verdict: "broken", problems: ["It threw while loading: no"] });
  const fallen = page(sample.document([broken]));
  assertMatch(fallen.querySelector("title")!.textContent, /^✗/);
  assertStringIncludes(fallen.querySelector("article")!.textContent, "It threw while loading: no");
});

Deno.test("a run that came out wrong is named with its reason, outside of what is folded away", () => {
  const runs = [sample.run({ asExpected: false, verdict: "fails", reason: "moved by 0.3" })];
  const found = page(sample.documentOf({ verdict: "fails", runs }, { verdict: "fails" }));
  const wrong = found.querySelector(".wrong")!;
  assertStringIncludes(wrong.textContent, "gpt: failed, and should not have");
  assertStringIncludes(wrong.querySelector("pre")!.textContent, "moved by 0.3");
});

Deno.test("very long texts can be rendered", () => {
  const long = "a very long statement, ünïcödé 🙂 und 漢字 ".repeat(300);
  const claim = { statement: long, runs: sample.family(500), figures: [] };
  const found = page(sample.documentOf(claim, { question: long }));
  assertEquals(found.querySelector(".claim h3")!.textContent, `a ${long}`, "nothing is lost");
});

Deno.test("huge evidence does not make a huge page", () => {
  const evidence = Array.from({ length: 20_000 }, (_, i) => i);
  const runs = sample.family(5, { evidence });
  const document = sample.documentOf({ runs, figures: [] });
  const { length } = questionPageHtml(document, document.questions[0]);
  assert(length < 100_000, `some 5 runs of 0.1 MB each became a page of ${length} characters`);
});

Deno.test("a picture is there for a wide screen and for a narrow one, of which one is shown", () => {
  const document = sample.document(undefined, {}, () => ({ wide: "<svg>w", narrow: "<svg>n" }));
  const page = questionPageHtml(document, document.questions[0]);
  assertStringIncludes(page, '<div class="wide"><svg>w</div>');
  assertStringIncludes(page, '<div class="narrow"><svg>n</div>');
  assertMatch(page, /\.narrow {\s*display: none;/);
});

Deno.test("an answer is read as paragraph, picture, paragraph; asides are folded, other pictures last", () => {
  const shown = ["a", "b", "c"].map((id) => sample.claim({ id, figures: [sample.figure("dots")] }));
  const paragraphs = (["say", "aside", "caveat"] as const).map((kind, i) => ({
    kind,
    text: `a paragraph to ${kind}`,
    claims: [["b"], ["a"], []][i],
  }));
  const found = page(
    sample.document([sample.question({ parts: [{ paragraphs }], claims: shown })]),
  );
  const read = all(found, ".prose.say, .prose.aside, .prose.caveat, figure:not(.head)").map((
    each,
  ) => each.getAttribute("id") ?? each.textContent.match(/a paragraph to (\w+)/)![1]);
  assertEquals(
    read.map((place) => place.replace("-figure-1", "")),
    ["say", "b", "aside", "a", "caveat", "c"],
  );
  assert(found.querySelector("details.aside figure"), "with what is to be seen there");
});

Deno.test("what an answer rests on is folded unless something in it does not stand", () => {
  const open = (verdict: "holds" | "fails") =>
    page(sample.documentOf({ verdict })).querySelector(".grounds")!.hasAttribute("open");
  assertEquals([open("holds"), open("fails")], [false, true]);
});

Deno.test("a claim says how far it goes, and who reports the same of large models", () => {
  const sources = [{ title: "t", authors: "Olsson et al.", year: 2022, url: "https://a.example/" }];
  const reach = page(sample.documentOf({ reach: "reported at scale", sources }))
    .querySelector(".claim .reach")!;
  assertEquals(reach.textContent, "reported at scale: Olsson et al. 2022");
  assertEquals(reach.querySelector("a")!.getAttribute("href"), "https://a.example/");
});

Deno.test("a claim shows how near its bound it came, and says the same in words", () => {
  const bounds = [{ field: "others", below: 1e-5, what: "how far the others move" }];
  const found = page(sample.documentOf({ bounds }));
  const line = found.querySelector(".claim .margin-line")!;
  assertEquals(line.querySelector("p")!.textContent, "how far the others move others");
  const words = found.querySelector(".claim details .in-words")!.textContent;
  assertEquals(line.querySelector("svg")!.getAttribute("aria-label"), words);
  assertMatch(words, /0 on 7 models. Required: below 1e-5. The nearest control, .+: 0.0123/);
  assert(found.querySelector(".grounds .key"), "and how to read it");
});

Deno.test("a claim has the line that runs it again, and leads to the line where it is made", () => {
  const claim = page(sample.documentOf({ line: 12 })).querySelector(".claim")!;
  assertEquals(
    claim.querySelector(".command")!.textContent,
    "deno test spec/10_mlp_moves_nothing_test.ts --filter " +
      '"/^an MLP.s output at one position ignores every other position/"',
  );
  const link = claim.querySelector('a[href^="../spec/"]')!;
  assertEquals(link.textContent, "spec/10_mlp_moves_nothing_test.ts:12");
  assertEquals(link.getAttribute("href"), "../spec/10_mlp_moves_nothing_test.ts#L12");
});

Deno.test("a term shows what it means where it stands, and leads to the glossary of the page", () => {
  const parts = sample.answered(
    "A ([logit](#term-logit)) is a score, a [*logit*](#term-logit) is.",
  );
  const found = page(sample.document([sample.question({ parts })]));
  const button = found.querySelector(".say button.term")!;
  assertEquals(button.textContent, "logit");
  assertMatch(found.querySelector(".say")!.textContent, /A \(logit.*Glossary\) is/, "no blanks");
  const note = found.querySelector(`#${button.getAttribute("popovertarget")}[popover]`)!;
  assertMatch(note.textContent, /^logit The score that a model gives/);
  const links = all(found, '.say a[href="#term-logit"]').map((link) => link.textContent);
  assertEquals(links, ["Glossary", "logit"], "that of its note, and where it stands again");
  assertEquals(
    all(found, ".glossary dt").map((term) => term.textContent),
    ["logit"],
    "and no other",
  );
});

Deno.test("no line ends between a term or a formula and what is written close to it", () => {
  const parts = sample.answered("A ([logit](#term-logit)) is $`x y`$, a score of $`z`$ alone.");
  const together = all(page(sample.document([sample.question({ parts })])), ".say .together");
  const starts = together.map((span) => span.textContent.replace(/^\(logit.*Glossary/, "(logit…"));
  assertEquals(starts.length, 2, "what stands alone is as it was");
  assertEquals(starts[0], "(logit…)");
  assertMatch(starts[1], /,$/);
});

Deno.test("a claim is found by its own name, and figures in the answer lead there", () => {
  const found = page(sample.document());
  const links = all(found, '.say a[href^="#"]').map((link) => link.getAttribute("href"));
  assertEquals(new Set(links), new Set(["#mlp-is-local"]));
  assert(
    found.querySelector("section.claim#mlp-is-local"),
    "as 10-mlp-moves-nothing.html#mlp-is-local",
  );
});

Deno.test("a page leads to all questions, to the one before and to the one after", () => {
  const asked = [1, 2, 3].map((number) =>
    sample.question({ number, file: `spec/0${number}_a_test.ts` })
  );
  const ways = [0, 1, 2].map((place) =>
    all(page(sample.document(asked), place), "nav:first-of-type a")
      .map((link) => `${link.getAttribute("rel")} ${link.getAttribute("href")}`)
  );
  assertEquals(ways, [
    ["up index.html", "next 02-a.html"],
    ["up index.html", "prev 01-a.html", "next 03-a.html"],
    ["up index.html", "prev 02-a.html"],
  ]);
});

Deno.test("what to break is said, and what happens is folded, with the claims that notice", () => {
  const found = page(sample.document([sample.question({ suggestions: [sample.suggestion()] })]));
  const [item] = all(found, ".suggestions > li");
  assertStringIncludes(item.textContent, "A leaky MLP. Each position");
  assertEquals(item.querySelector("a.try"), null, "this copy runs nothing");
  const opened = item.querySelector('details > [data-break="?break=leaky-mlp%3A0.5"]')!;
  assertStringIncludes(opened.textContent, "What it reads is no longer its own");
  assertStringIncludes(opened.textContent, "Among those that notice:");
  assertEquals(opened.querySelector("ul a")!.getAttribute("href"), "#mlp-is-local");
  assert(opened.querySelector("button.term"), "a term that stands here first is explained here");
  assert(found.querySelector(".glossary #term-logit"));
});
