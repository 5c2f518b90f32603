import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { DOMParser } from "linkedom";
import { drawFigure } from "../charts/chart.ts";
import type { Document } from "../document/document.ts";
import { illustration, ILLUSTRATIONS } from "../testing/illustrations.ts";
import * as sample from "../testing/sample.ts";
import { renderHtml } from "./page.ts";

type Page = ReturnType<typeof page>;

function page(document: Document) {
  return new DOMParser().parseFromString(renderHtml(document), "text/html");
}

function all(page: Page, selector: string) {
  return [...page.querySelectorAll(selector)];
}

const EVERY = [...sample.FIGURE_KINDS.map(sample.figure), ...ILLUSTRATIONS.map(illustration)];

/** A page with real charts, of every kind of figure. */
const drawn = page(sample.document(
  [
    sample.question({ claims: [sample.claim({ figures: EVERY })] }),
    sample.question({ number: 1 }),
  ],
  {},
  drawFigure,
));

/** A page whose every text tries to break out of its place. */
const attacked = page(sample.document([sample.hostile()], {}, drawFigure));

Deno.test("the page has the question, the answer, the claim and what came of it", () => {
  const found = page(sample.document());
  assertStringIncludes(found.querySelector("article h2")!.textContent, "Why can't an MLP layer");
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

Deno.test("the page begins with its document type, or browsers would take it for an old one", () => {
  assert(renderHtml(sample.document()).startsWith("<!doctype html>"), "the first characters");
});

Deno.test("every link within the page leads somewhere, and every place has a name of its own", () => {
  const ids = all(drawn, "[id]").map((element) => element.getAttribute("id")!);
  assertEquals(new Set(ids).size, ids.length, `every id must be unique: ${ids}`);
  const targets = all(drawn, 'a[href^="#"]').map((link) => link.getAttribute("href")!.slice(1));
  const labels = all(drawn, "[aria-labelledby]").map((e) => e.getAttribute("aria-labelledby")!);
  const lost = [...targets, ...labels].filter((id) => !ids.includes(id));
  assertEquals(lost, [], "links and labels that lead nowhere");
});

Deno.test("the page asks the network for nothing", () => {
  for (const found of [drawn, attacked]) {
    const loading = "script, img, iframe, object, embed, audio, video, base, form";
    assertEquals(all(found, loading).length, 0, "elements that load");
    const sheets = all(found, "link").map((link) => link.getAttribute("href"));
    assertEquals(sheets, ["data:,"], "only an empty icon, so that none is asked for");
    const styles = all(found, "style, [style]").map((e) => e.textContent + e.getAttribute("style"));
    assert(!styles.some((style) => /url\(|@import/.test(style)), "no style may load anything");
  }
});

Deno.test("text from a record makes no element, attribute or link of its own", () => {
  const attributes = all(attacked, "*").flatMap((element) => [...element.attributes]);
  assertEquals(attributes.filter(({ name }) => /^on/.test(name)), [], "no handler of an event");
  const addresses = attributes.filter(({ name }) => name === "href").map(({ value }) => value);
  const strange = addresses.filter((href) =>
    !/^(#|https:|\.\.\/spec\/|answers\.|data:,$)/.test(href)
  );
  assertEquals(strange, [], "no address but of the web and our own");
  assertEquals(all(attacked, "main > div > article").length, 1, "the outline is our own");
  assertStringIncludes(attacked.querySelector(".claim pre")!.textContent, "<script>alert");
});

Deno.test("headings go down one level at a time", () => {
  const levels = all(drawn, "h1, h2, h3, h4, h5, h6").map(({ localName }) => Number(localName[1]));
  assertEquals(levels[0], 1, "the title comes first");
  assertEquals(levels.filter((level) => level === 1).length, 1, "there is one title");
  levels.slice(1).forEach((level, i) =>
    assert(level <= levels[i] + 1, `level ${level} after level ${levels[i]}`)
  );
});

Deno.test("pictures have names and captions, tables have heads, the page has landmarks", () => {
  for (const figure of all(drawn, "figure")) {
    assert(figure.querySelector('svg[role="img"][aria-label]'), "a chart must have a name");
    assert(figure.querySelector("figcaption"), "a figure must have a caption");
    if (figure.matches(".head")) continue;
    assert(figure.querySelector("details table"), "its data must be there as a table");
  }
  for (const table of all(drawn, "table")) {
    assert(table.querySelector('thead th[scope="col"]'), "a table must have a head");
  }
  for (const landmark of ["header", "main", "nav", "footer", "html[lang]", "meta[name=viewport]"]) {
    assert(drawn.querySelector(landmark), `the page must have ${landmark}`);
  }
});

Deno.test("a page that does not stand says so at the top, in the title and in words", () => {
  const killed = page(sample.document([sample.question()], { problems: ["It was killed."] }));
  assertMatch(killed.querySelector("title")!.textContent, /^✗/);
  assertStringIncludes(killed.querySelector("header .banner")!.textContent, "It was killed.");
  const broken = sample.question({ verdict: "broken", problems: ["It threw while loading: no"] });
  const fallen = page(sample.document([broken]));
  assertStringIncludes(fallen.querySelector("nav")!.textContent, "Not everything stands.");
  assertStringIncludes(fallen.querySelector("article")!.textContent, "It threw while loading: no");
  const part = page(sample.document([sample.question()], { files: { run: 1, found: 13 } }));
  assertStringIncludes(part.querySelector(".banner")!.textContent, "1 of 13 spec files were run");
});

Deno.test("a page that stands has no banner", () => {
  const found = page(sample.document());
  assertEquals(found.querySelector(".banner"), null, "nothing is wrong");
  assert(!found.querySelector("title")!.textContent.startsWith("✗"), "nor in the title");
});

Deno.test("a run that came out wrong is named with its reason, outside of what is folded away", () => {
  const runs = [sample.run({ asExpected: false, verdict: "fails", reason: "moved by 0.3" })];
  const found = page(sample.documentOf({ verdict: "fails", runs }, { verdict: "fails" }));
  const wrong = found.querySelector(".wrong")!;
  assertStringIncludes(wrong.textContent, "gpt: failed, and should not have");
  assertStringIncludes(wrong.querySelector("pre")!.textContent, "moved by 0.3");
});

Deno.test("no question, forty questions, and very long texts can all be rendered", () => {
  const none = page(sample.document([])).querySelector("main")!;
  assertStringIncludes(none.textContent, "nothing was checked");
  const many = Array.from({ length: 40 }, (_, i) => sample.question({ number: i + 1 }));
  assertEquals(all(page(sample.document(many)), "article").length, 40, "an article each");
  const long = "a very long statement, ünïcödé 🙂 und 漢字 ".repeat(300);
  const claim = { statement: long, runs: sample.family(500), figures: [] };
  const found = page(sample.documentOf(claim, { question: long }));
  assertEquals(found.querySelector(".claim h4")!.textContent, `a ${long}`, "nothing is lost");
});

Deno.test("huge evidence does not make a huge page", () => {
  const evidence = Array.from({ length: 20_000 }, (_, i) => i);
  const runs = sample.family(20, { evidence });
  const { length } = renderHtml(sample.documentOf({ runs, figures: [] }));
  assert(length < 100_000, `some 20 runs of 0.1 MB each became a page of ${length} characters`);
});

Deno.test("a picture is there for a wide screen and for a narrow one, of which one is shown", () => {
  const page = renderHtml(
    sample.document(undefined, {}, () => ({ wide: "<svg>w", narrow: "<svg>n" })),
  );
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
    ["say", "10-b", "aside", "10-a", "caveat", "10-c"],
  );
  assert(found.querySelector("details.aside figure"), "with what is to be seen there");
});

Deno.test("the table of contents has each question's short answer", () => {
  const found = page(
    sample.document([sample.question(), sample.question({ number: 2, short: "" })]),
  );
  const entries = all(found, ".contents li").map((entry) => entry.textContent);
  assertStringIncludes(entries[1], "Because it is applied to each position alone.");
  assertStringIncludes(entries[1], "✓ all claims stand, 1 of 1 claim");
  assertEquals(all(found, ".contents p:not(.state)").length, 1, "where there is one");
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

Deno.test("a term leads to the glossary, and says what it means where one points at it", () => {
  const parts = sample.answered("A [logit](#term-logit) is a score.");
  const found = page(sample.document([sample.question({ parts })]));
  const link = found.querySelector('.say a[href="#term-logit"]')!;
  assertMatch(link.getAttribute("title")!, /^The score that a model gives/);
  assertEquals(found.getElementById("term-logit")!.textContent, "logit");
});
