import { assertEquals } from "@std/assert";
import { moved, path, sheet, svg, words } from "./svg.ts";

Deno.test("an element has its attributes and texts, whatever they say", () => {
  const { markup } = svg("text", { x: 1 / 3, fill: undefined, id: '"><b' }, "a < b & c");
  assertEquals(markup, '<text x="0.33" id="&quot;&gt;&lt;b">a &lt; b &amp; c</text>');
});

Deno.test("elements stand within one another", () => {
  assertEquals(
    moved(1, 2.001, [svg("g", {}, svg("path", { d: path`M${0.128} ${-1}` }))]).markup,
    '<g transform="translate(1,2)"><g><path d="M0.13 -1"></path></g></g>',
  );
});

Deno.test("words are on one line, in the ink of the page unless told", () => {
  const [ink, red] = [words("a\n b", {}), words("a", { fill: "red" })].map((each) => each.markup);
  assertEquals(ink, '<text dominant-baseline="central" fill="currentColor">a b</text>');
  assertEquals(red, '<text dominant-baseline="central" fill="red">a</text>');
});

Deno.test("a sheet has a name for those who cannot see it", () => {
  assertEquals(
    sheet("a > b", { width: 10, height: 5 }, []),
    '<svg role="img" aria-label="a &gt; b" class="chart" width="10" height="5" ' +
      'viewBox="0 0 10 5" style="font-size: 13px; color: var(--ink);">' +
      "<title>a &gt; b</title></svg>",
  );
});
