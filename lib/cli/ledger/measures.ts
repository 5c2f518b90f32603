/** What a ledger's figures are measured with, as those measured who published them. */
import { detectHeads, drawRepeatedTokens, lossByPosition, rankHeads } from "../../circuits/mod.ts";
import type { Model } from "../../model/mod.ts";
import { Decoder, run } from "../../runtime/mod.ts";
import { mean } from "../../tensor/mod.ts";
import type { Published } from "./ledger.ts";

/** How many numbers were learned; of a tied pair each once. */
export function parametersOf({ model }: Published): number {
  return Object.values(model.weights).reduce((sum, { size }) => sum + size, 0);
}

/** The mean loss of a text's tokens behind the token that begins every text, in nats. */
export async function lossOfText(
  { model, tokenizer }: Published,
  text: string,
  begin: readonly number[],
): Promise<number> {
  return mean(await lossByPosition(model, [[...begin, ...tokenizer.encode(text)]]));
}

/** A prompt, and the two words of one token each that its end is between. */
export interface Choice {
  readonly prompt: string;
  readonly right: string;
  readonly wrong: string;
}

/** How far the right word's logit is above the wrong one's behind a prompt, on average. */
export async function meanLogitDifference(
  { model, tokenizer }: Published,
  choices: readonly Choice[],
  begin: readonly number[],
): Promise<number> {
  const differences: number[] = [];
  for (const { prompt, right, wrong } of choices) {
    const tokens = [...begin, ...tokenizer.encode(prompt)];
    const { logits } = await run(model, [tokens]);
    const { data } = logits.get(0, tokens.length - 1);
    const [a, b] = [right, wrong].map((word) => data[onlyToken(tokenizer, word)]);
    differences.push(a - b);
  }
  return mean(differences);
}

function onlyToken(tokenizer: Published["tokenizer"], word: string): number {
  const tokens = tokenizer.encode(word);
  if (tokens.length === 1) return tokens[0];
  const given = `it is ${tokens.length}`;
  throw new RangeError(`Cannot compare "${word}": a word of one token is required, and ${given}`);
}

/** What is run to find heads: rows of random tokens said twice, behind what begins a text. */
export interface Repeats {
  readonly block: number;
  readonly rows: number;
  readonly begin: readonly number[];
}

/** All heads by how much of their attention goes where a head of some kind looks, the highest first. */
export async function rankedHeads(
  { model }: { readonly model: Model },
  kind: "previous" | "induction",
  { block, rows, begin }: Repeats,
) {
  const repeats = drawRepeatedTokens(model, block, { rows });
  return rankHeads((await detectHeads(model, repeats.map((row) => [...begin, ...row])))[kind]);
}

/** A prompt and what a model goes on with, the likeliest token each time, up to so many tokens in all. */
export async function greedyText(
  { model, tokenizer }: Published,
  prompt: string,
  length: number,
): Promise<string> {
  const tokens = tokenizer.encode(prompt);
  const decoder = new Decoder(model);
  for (let next = tokens.slice(); tokens.length < length;) {
    const { data } = (await decoder.step([next])).get(0, next.length - 1); // [d_vocab]
    next = [data.indexOf(data.reduce((top, logit) => Math.max(top, logit)))];
    tokens.push(...next);
  }
  return tokenizer.decode(tokens);
}
