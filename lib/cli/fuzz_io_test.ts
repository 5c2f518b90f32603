/**
 * Whatever comes from outside may be corrupt or hostile. Twenty thousand pieces of it, from fixed
 * seeds: each ends in a result or in an error that says what was wrong. Too many for the plain suite.
 */
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { writer } from "../claims/prose/essay.ts";
import { resolveProse } from "../claims/prose/prose.ts";
import { exportCheckpoint } from "../model/checkpoint/export_checkpoint.ts";
import { hooksOf } from "../model/hooks.ts";
import {
  makeConfig,
  makeModel,
  ModelFileError,
  openCheckpoint,
  randomWeights,
} from "../model/mod.ts";
import { readSafetensors } from "../model/files/safetensors.ts";
import { BYTE_LETTERS, byteLevelFile } from "../model/tokenizer/byte_level.ts";
import { filesOf } from "../model/testing/checkpoints.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";
import { encode, Graph } from "../onnx/mod.ts";
import { readAddress, writeAddress } from "../report/live/address.ts";
import { renderFiles } from "../report/mod.ts";
import { answered, claim, document, question } from "../report/testing/sample.ts";
import { interventionFeeds } from "../runtime/interventions.ts";
import { GraphSession, openSessions } from "../runtime/session.ts";
import "../runtime/testing/start.ts";
import { Tensor } from "../tensor/tensor.ts";
import { AnswersError, parseAnswers } from "./report/answers/answers_file.ts";
import { mutatedBytes, mutatedJson } from "./testing/mutated.ts";

/** What an error says that nobody meant to give; a library's reason is passed on as it is. */
const UNMEANT =
  /^(?!Cannot read tokenizer.json: it makes no tokenizer).*(is not a function|of undefined|of null|not iterable|call stack|Invalid array length|out of bounds|\[object)/;

/** Runs a case; fails unless it ends in a result, or in an error of these that says what was wrong. */
async function ends(
  attempt: () => unknown,
  ...kinds: readonly (new (message: string) => Error)[]
): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    assert(error instanceof Error && kinds.some((kind) => error instanceof kind), `${error}`);
    assert(!UNMEANT.test(error.message), `no error that was meant: ${error.stack}`);
    assert(error.message.length < 2000, "an endless message");
    return false;
  }
}

/** A test of so many cases; some must be taken and some refused, or they try one thing only. */
function fuzz<T>(
  name: string,
  numRuns: number,
  cases: fc.Arbitrary<T>,
  attempt: (given: T) => Promise<boolean>,
): void {
  Deno.test(`${numRuns} ${name}`, async () => {
    const counts = [0, 0];
    const property = fc.asyncProperty(cases, async (given) => {
      counts[Number(await attempt(given))]++;
    });
    await fc.assert(property, { seed: 14, numRuns });
    assert(Math.min(...counts) >= numRuns / 1000, `refused and taken: ${counts}`);
    assertEquals(({} as Record<string, unknown>).polluted, undefined, "no prototype was changed");
  });
}

const SIZES = { n_layers: 1, d_model: 4, n_heads: 2, d_mlp: 6, d_vocab: 262, n_ctx: 5 };
const GPT2 = makeConfig({ ...SIZES, tied: true });
const LLAMA = makeConfig({
  ...SIZES,
  ...{ normalization: "RMS", act_fn: "silu", gated_mlp: true, positions: "rotary", biases: false },
});
const checkpoints = [GPT2, LLAMA].map((config) =>
  exportCheckpoint(makeModel("fuzzed", config, randomWeights(config, 1)))
);
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

for (const files of checkpoints) {
  const weights = files["model.safetensors"];
  const { architectures: [kind] } = parsed(files["config.json"]);
  fuzz(
    `broken weights of a ${kind}`,
    3000,
    mutatedBytes(weights),
    (bytes) => ends(() => void readSafetensors(bytes), ModelFileError),
  );
  fuzz(
    `odd configs of a ${kind}`,
    2500,
    mutatedJson(parsed(files["config.json"])),
    (config) =>
      ends(
        () =>
          openCheckpoint(
            filesOf({ "config.json": JSON.stringify(config), "model.safetensors": weights }),
          ),
        ModelFileError,
      ),
  );
}

const vocab = Object.fromEntries(
  [...BYTE_LETTERS, "ab", "abc", "Ġa"].map((token, id) => [token, id]),
);
const tokenizer = byteLevelFile(vocab, ["a b", "ab c", "Ġ a"], []);
fuzz("odd tokenizers", 1500, fc.tuple(mutatedJson(tokenizer), fc.string({ unit: "binary" })), (
  [json, text],
) =>
  ends(
    async () => {
      const files = { ...checkpoints[0], "tokenizer.json": JSON.stringify(json) };
      const { tokenizer } = await openCheckpoint(filesOf(files));
      const ids = tokenizer!.encode(text);
      assert(
        ids.every((id) => Number.isInteger(id) && id >= 0 && id < 262),
        `ids of the model: ${ids}`,
      );
      assertEquals(typeof tokenizer!.decode(ids), "string");
    },
    ModelFileError,
    RangeError,
  ));

const plusOne = new Graph();
plusOne.name(plusOne.add(plusOne.input("x", "float32", ["n", 2]), 1), "y");
const onnx = encode(plusOne, ["y"]);
Deno.test("500 broken ONNX files", async () => {
  const before = openSessions();
  const attempt = async (bytes: Uint8Array) => {
    const session = await GraphSession.of(bytes, ["y"]).catch((error) => error as Error);
    if (session instanceof GraphSession) await session.release();
    else assert(session.message.length > 0, "a reason");
  };
  const property = fc.asyncProperty(mutatedBytes(onnx), attempt);
  await fc.assert(property, { seed: 14, numRuns: 500 });
  assertEquals(openSessions(), before, "no session stays open");
  const session = await GraphSession.of(onnx, ["y"]);
  const { y } = await session.run({ x: Tensor.from([[1, 2]]) });
  assertEquals(y.toNested(), [[2, 3]], "and the runtime goes on");
  await session.release();
});

const oddNumber = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 10 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, NaN, Infinity, 2 ** 53, -0, 11, 1e9) },
);
const oddValue = fc.oneof(
  { weight: 12, arbitrary: oddNumber },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, "1", [], {}, 1n, true) },
);
const rows = fc.array(fc.array(oddValue, { maxLength: 9 }), { maxLength: 3 });
const model = smallModel();
fuzz("odd arrays of tokens", 3000, rows, (tokens) =>
  ends(() => {
    const { integers, shape } = checkTokens(model.config, tokens as Tokens);
    assert(integers.every((id) => id >= 0 && id < 11) && shape[1] <= 8, `${integers}`);
  }, RangeError));

const hook = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...hooksOf(model.config).map(({ name }) => name)) },
  { weight: 1, arbitrary: fc.constantFrom("", "toString", "blocks.9.attn.hook_z", "__proto__") },
);
const places = fc.option(fc.array(oddNumber, { maxLength: 3 }), { nil: undefined, freq: 1 });
const to = fc.oneof(
  fc.constant("zero" as const),
  fc.array(fc.nat({ max: 5 }), { maxLength: 5 }).map((shape) => Tensor.full(shape)),
);
const intervention = fc.record({ hook, to, rows: places, positions: places, heads: places });
fuzz(
  "odd interventions",
  1500,
  fc.array(intervention, { maxLength: 2 }),
  (interventions) =>
    ends(() => {
      const feeds = interventionFeeds(model.config, [2, 5], interventions);
      for (const { shape } of Object.values(feeds)) assert(shape.every((n) => n > 0), `${shape}`);
    }, RangeError),
);

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

fuzz("texts as prose", 1000, hostileText, (text) =>
  ends(() => {
    const { say, essay } = writer();
    say(Object.assign([text], { raw: [text] }));
    const [{ paragraphs: [{ prose }] }] = essay().parts;
    return resolveProse(prose, { number: 1, claims: [] });
  }, Error).then(() => text.length > 20));

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
