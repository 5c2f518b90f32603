import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { all, attacked, contents, drawn, page } from "../testing/pages.ts";
import * as sample from "../testing/sample.ts";
import { contentsHtml } from "./contents.ts";
import { questionPageHtml } from "./question_page.ts";

Deno.test("a page begins with its document type, or browsers would take it for an old one", () => {
  const document = sample.document();
  for (const html of [contentsHtml(document), questionPageHtml(document, document.questions[0])]) {
    assert(html.startsWith("<!doctype html>"), "the first characters");
  }
});

Deno.test("every link within a page leads somewhere, and every place has a name of its own", () => {
  for (const found of drawn) {
    const ids = all(found, "[id]").map((element) => element.getAttribute("id")!);
    assertEquals(new Set(ids).size, ids.length, `every id must be unique: ${ids}`);
    const targets = all(found, 'a[href^="#"]').map((link) => link.getAttribute("href")!.slice(1));
    const labels = all(found, "[aria-labelledby]").map((e) => e.getAttribute("aria-labelledby")!);
    const lost = [...targets, ...labels].filter((id) => !ids.includes(id));
    assertEquals(lost, [], "links and labels that lead nowhere");
  }
});

Deno.test("a page asks the network for nothing", () => {
  for (const found of [...drawn, ...attacked]) {
    const loading = "script, img, iframe, object, embed, audio, video, base, form";
    assertEquals(all(found, loading).length, 0, "elements that load");
    const sheets = all(found, "link").map((link) => link.getAttribute("href"));
    assertEquals(sheets, ["data:,"], "only an empty icon, so that none is asked for");
    const styles = all(found, "style, [style]").map((e) => e.textContent + e.getAttribute("style"));
    assert(!styles.some((style) => /url\(|@import/.test(style)), "no style may load anything");
  }
});

Deno.test("text from a record makes no element, attribute or link of its own", () => {
  const attributes = attacked.flatMap((found) =>
    all(found, "*").flatMap((element) => [...element.attributes])
  );
  assertEquals(attributes.filter(({ name }) => /^on/.test(name)), [], "no handler of an event");
  const addresses = attributes.filter(({ name }) => name === "href").map(({ value }) => value);
  const ours =
    /^(#|https:|\.\.\/spec\/|answers\.|index\.html$|\d+-[a-z0-9-]+\.html(#live)?$|data:,$)/;
  assertEquals(addresses.filter((href) => !ours.test(href)), [], "none but the web's and our own");
  const [list, question] = attacked;
  assertEquals(all(list, "main > nav > ol > li").length, 2, "the outline is our own");
  assertEquals(all(question, "main > article").length, 1, "the outline is our own");
  assertStringIncludes(question.querySelector(".claim pre")!.textContent, "<script>alert");
});

Deno.test("headings go down one level at a time", () => {
  for (const found of drawn) {
    const levels = all(found, "h1, h2, h3, h4, h5, h6").map(({ localName }) =>
      Number(localName[1])
    );
    assertEquals(levels[0], 1, "the title comes first");
    assertEquals(levels.filter((level) => level === 1).length, 1, "there is one title");
    levels.slice(1).forEach((level, i) =>
      assert(level <= levels[i] + 1, `level ${level} after level ${levels[i]}`)
    );
  }
});

Deno.test("a page has landmarks, and what it says of itself where it is linked to", () => {
  for (const found of drawn) {
    for (const part of ["main", "nav", "footer", "html[lang]", "meta[name=viewport]"]) {
      assert(found.querySelector(part), `a page must have ${part}`);
    }
  }
  const question = page(sample.document());
  const said = (selector: string) => question.querySelector(selector)!.getAttribute("content");
  assertEquals(question.querySelector("title")!.textContent, sample.question().question);
  assertEquals(said('meta[name="description"]'), sample.question().short);
  assertEquals(said('meta[property="og:description"]'), sample.question().short);
});

Deno.test("a page names its picture, by its whole address where the report is published", () => {
  const pictureOf = (base?: string) =>
    page(sample.document(undefined, { base }))
      .querySelector('meta[property="og:image"]')!.getAttribute("content");
  assertEquals(pictureOf(), "previews/10-mlp-moves-nothing.png");
  assertEquals(
    pictureOf("https://a.example/report"),
    "https://a.example/report/previews/10-mlp-moves-nothing.png",
  );
  assertEquals(pictureOf("javascript:alert(1)"), pictureOf(), "no address of the web");
});

Deno.test("pages that do not stand say so at the top, in the title and in words", () => {
  const killed = sample.document([sample.question()], { problems: ["It was killed."] });
  const part = sample.document([sample.question()], { files: { run: 1, found: 13 } });
  for (const render of [contents, page]) {
    assertMatch(render(killed).querySelector("title")!.textContent, /^✗/);
    assertStringIncludes(render(killed).querySelector(".banner")!.textContent, "It was killed.");
    const banner = render(part).querySelector(".banner")!.textContent;
    assertStringIncludes(banner, "1 of 13 spec files were run");
    const sound = render(sample.document());
    assertEquals(sound.querySelector(".banner"), null, "nothing is wrong");
    assert(!sound.querySelector("title")!.textContent.startsWith("✗"), "nor in the title");
  }
});
