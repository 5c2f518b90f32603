/**
 * What is read back, what is shown and what an address asks for may be hostile. Thousands of cases,
 * from fixed seeds: nothing is run, nothing is believed that cannot be. Too many for the plain suite.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { readAddress, writeAddress } from "../report/live/address.ts";
import { renderFiles } from "../report/mod.ts";
import { answered, claim, document, question } from "../report/testing/sample.ts";
import { AnswersError, parseAnswers } from "./report/answers/answers_file.ts";
import { ends, fuzz } from "./testing/fuzz.ts";
import { mutatedBytes, mutatedJson } from "./testing/mutated.ts";

const report = renderFiles(document());
const answers = JSON.parse(report.get("answers.json")!);
fuzz(
  "odd answers.json",
  1500,
  mutatedJson(answers),
  (json) => ends(() => parseAnswers(JSON.stringify(json), "old.json"), AnswersError),
);
fuzz(
  "broken answers.json",
  1000,
  mutatedBytes(new TextEncoder().encode(report.get("answers.json")!)),
  (bytes) => ends(() => parseAnswers(new TextDecoder().decode(bytes), "old.json"), AnswersError),
);

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "[a](javascript:alert(1))",
  "![a](https://example.com/x.png)",
  "<svg onload=alert(1)>",
  "$`\\href{javascript:alert(1)}{x}`$",
  "$`\\frac{`$",
  "</style></title></textarea>",
  "&lt;script&gt;",
  "\u202e\u0007\u001b[31m",
  "```js\nalert(1)\n```",
  "# heading\n\n<b>x</b>",
  "[x](#10-mlp-is-local)",
  "`a` **b** _c_",
  "\ud800",
  "javascript:alert(1)",
];
const piece = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 12 }));
const hostileText = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));

/** An element, as far as it matters here. */
interface Found {
  readonly localName: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
}

/** What a page could do: its scripts, what asks for an address, and what listens. */
function powers(html: string) {
  const { document: page } = parseHTML(html) as unknown as {
    document: { querySelectorAll(selector: string): Iterable<Found> };
  };
  const all = [...page.querySelectorAll("*")];
  const attributes = all.flatMap((element) => [...element.attributes]);
  return {
    scripts: all.filter(({ localName }) => localName === "script").length,
    strange: all.map(({ localName }) => localName)
      .filter((name) => /^(img|iframe|object|embed|form|base|video|audio)$/.test(name)),
    listeners: attributes.filter(({ name }) => /^on/i.test(name)).length,
    schemes: attributes.filter(({ name, value }) =>
      /^(href|src|action|xlink:href)$/.test(name) &&
      /^\s*(javascript|data|vbscript):/i.test(value)
    ).length,
  };
}

const page = "10-mlp-moves-nothing.html";
const sound = powers(report.get(page)!);
Deno.test("300 hostile texts, everywhere in a question, are shown and not run", () => {
  const texts = fc.record({
    asked: hostileText,
    short: hostileText,
    say: hostileText,
    statement: hostileText,
    reason: hostileText,
  });
  const attempt = ({ asked, short, say, statement, reason }: Record<string, string>) => {
    const hostile = question({
      question: asked,
      short,
      parts: answered(say),
      wouldChange: say,
      problems: [reason],
      claims: [claim({ statement })],
    });
    const files = renderFiles(document([hostile]));
    for (const name of [page, "index.html"]) {
      const found = powers(files.get(name)!);
      const expected = name === page ? sound : powers(report.get("index.html")!);
      assertEquals(found, expected, name);
    }
  };
  fc.assert(fc.property(texts, attempt), { seed: 14, numRuns: 300 });
});

Deno.test("1000 addresses ask for something or for nothing, and are written as they are read", () => {
  const address = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(fc.tuple(fc.constantFrom("break", "text", "model", "head", "x"), hostileText))
      .map((pairs) => `?${new URLSearchParams(pairs)}`),
    fc.constantFrom("?head=1.2", "?head=999999999.1", "?break=a:1e999", "?break=a:NaN@1.2", "?%"),
  );
  const attempt = (query: string) => {
    const once = readAddress(query);
    assert(once.chosen.length <= 2, "two at most");
    for (const { strength = 0 } of once.chosen) assert(Number.isFinite(strength), `${strength}`);
    assertEquals(readAddress(writeAddress(once)), once, "there and back");
  };
  fc.assert(fc.property(address, attempt), { seed: 14, numRuns: 1000 });
});
