/** A ledger of one of our models: its figures are found in 64 bits, and then measured as others' are. */
import * as models from "../../../fixtures/mod.ts";
import { booksTokenizer } from "../../../fixtures/texts/tokenizer.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawRepeatedTokens } from "../../circuits/mod.ts";
import type { Model } from "../../model/mod.ts";
import { crossEntropy, reference } from "../../model/reference/reference.ts";
import { mean } from "../../tensor/mod.ts";
import { headsFigure, numberFigure, textFigure } from "./figures.ts";
import { fill, type Ledger, type LedgerEntry, type Published } from "./ledger.ts";
import {
  greedyText,
  lossOfText,
  meanLogitDifference,
  parametersOf,
  rankedHeads,
} from "./measures.ts";

const model = await models.trainedModel("attn-2l/1").load();
const tokenizer = await booksTokenizer();
const BEGIN = [1];
const TEXT = "The whale is an object of wonder to the nation";
const CHOICE = { prompt: "The whale was", right: " the", wrong: " of" };
const REPEATS = { block: 20, rows: 2, begin: BEGIN };
const source = { title: "here", url: "https://example.org" };

/** The logits of the last position in 64 bits: [d_vocab]. */
function lastLogits(tokens: number[]): Float64Array {
  return reference(model, [tokens]).get("logits").data.slice(-model.config.d_vocab);
}

const highest = (data: Float64Array) => data.indexOf(Math.max(...data));

function referenceLoss(): number {
  const tokens = [...BEGIN, ...tokenizer.encode(TEXT)];
  return crossEntropy(reference(model, [tokens.slice(0, -1)]).get("logits"), [tokens.slice(1)]);
}

function referenceDifference(): number {
  const logits = lastLogits([...BEGIN, ...tokenizer.encode(CHOICE.prompt)]);
  const [right, wrong] = [CHOICE.right, CHOICE.wrong].map((word) => {
    const [token, ...more] = tokenizer.encode(word);
    assertEquals(more, [], `${word} must be one token`);
    return logits[token];
  });
  return right - wrong;
}

/** The head that looks most at `back` places before, at places that have been said before. */
function referenceHead(back: number): string {
  const rows = drawRepeatedTokens(model, REPEATS.block, REPEATS).map((row) => [...BEGIN, ...row]);
  const activations = reference(model, rows);
  const { n_layers, n_heads } = model.config;
  const scores = Array.from({ length: n_layers * n_heads }, (_, i) => {
    const [layer, head] = [Math.floor(i / n_heads), i % n_heads];
    const { data } = activations.get(`blocks.${layer}.attn.hook_pattern`); // [batch, head, query, key]
    const length = rows[0].length;
    const weights = rows.flatMap((_, row) =>
      Array.from({ length: REPEATS.block }, (_, place) => {
        const query = 1 + REPEATS.block + place;
        return data[((row * n_heads + head) * length + query) * length + query - back];
      })
    );
    return { name: `${layer}.${head}`, score: mean(weights) };
  });
  return scores.toSorted((a, b) => b.score - a.score)[0].name;
}

function referenceText(prompt: string, length: number): string {
  const tokens = tokenizer.encode(prompt);
  while (tokens.length < length) tokens.push(highest(lastLogits(tokens)));
  return tokenizer.decode(tokens);
}

const number = (
  id: string,
  published: number,
  within: number,
  measure: (model: Published) => number | Promise<number>,
) => numberFigure({ id, what: id, source, published, within, measure });

/** What fixtures/README.md says of the model; and what the reference finds of it. */
const entries: LedgerEntry[] = [
  number("parameters", 268_512, 0, parametersOf),
  number("loss", referenceLoss(), 1e-5, (asked) => lossOfText(asked, TEXT, BEGIN)),
  number("difference", referenceDifference(), 1e-4, (asked) => {
    return meanLogitDifference(asked, [CHOICE], BEGIN);
  }),
  headsFigure({
    ...{
      id: "induction",
      what: "induction",
      source,
      published: [referenceHead(REPEATS.block - 1)],
    },
    rank: (asked) => rankedHeads(asked, "induction", REPEATS),
  }),
  headsFigure({
    ...{ id: "previous", what: "previous", source, published: [referenceHead(1)], above: 0.5 },
    rank: (asked) => rankedHeads(asked, "previous", REPEATS),
  }),
  textFigure({
    ...{ id: "text", what: "text", source, published: referenceText("The whale is", 12) },
    measure: (asked) => greedyText(asked, "The whale is", 12),
  }),
];

const ledger: Ledger = { name: "a stand-in", config: model.config, weights: "", entries };
const filled = async (model: Model) => (await fill(ledger, { model, tokenizer })).rows;

Deno.test("what was found of a model before is found of it again, within its bound", async () => {
  const rows = await filled(model);
  assertEquals(rows.map(({ id, replicated }) => [id, replicated]), [
    ["parameters", true],
    ["loss", true],
    ["difference", true],
    ["induction", true],
    ["previous", true],
    ["text", true],
  ]);
  const [parameters, loss, , induction] = rows;
  assertEquals([parameters.ours, parameters.difference], ["268,512", 0]);
  assert(Math.abs(loss.difference!) < 1e-5);
  assertStringIncludes(induction.ours!, induction.published);
});

Deno.test("of the same recipe's other seed no figure of its weights is found", async () => {
  const rows = await filled(await models.trainedModel("attn-2l/2").load());
  const found = Object.fromEntries(rows.map(({ id, replicated }) => [id, replicated]));
  const { parameters, loss, difference, text } = found;
  assertEquals([parameters, loss, difference, text], [true, false, false, false]);
});

Deno.test("what cannot be measured says why, and the rest is measured", async () => {
  const odd = number("odd", 1, 0, (asked) => {
    return meanLogitDifference(asked, [{ ...CHOICE, right: " leviathan" }], BEGIN);
  });
  const { rows } = await fill({ ...ledger, entries: [odd, entries[0]] }, { model, tokenizer });
  assertStringIncludes(rows[0].reason!, 'Cannot compare " leviathan": a word of one token');
  assertEquals([rows[0].ours, rows[0].replicated, rows[1].replicated], [
    undefined,
    undefined,
    true,
  ]);
});
