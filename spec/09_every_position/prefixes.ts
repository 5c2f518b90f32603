import { type Model, run } from "../../mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as texts from "../../fixtures/texts/held_out.ts";

/** The losses of one pass, and of a pass over each beginning of the text; as evidence. */
export type PrefixLosses = {
  /** The text, token by token. */
  readonly pieces: readonly string[];
  /** Of the token that follows each, in one pass over the text: [pos], one less than tokens. */
  readonly together: readonly number[];
  /** The same, from a pass over the text up to that token. */
  readonly alone: readonly number[];
  /** The most that the two differ by, relative to the largest loss. */
  readonly apart: number;
};

/** Runs a model on a text, and on each of its beginnings. */
export async function lossesOfPrefixes(model: Model): Promise<PrefixLosses> {
  const { ids, pieces } = await textFor(model);
  const [together] = probes.losses((await run(model, [ids])).logits, [ids]);
  const alone: number[] = [];
  for (const end of together.keys()) {
    alone.push((await probes.lastLosses(model, [ids.slice(0, end + 2)]))[0]);
  }
  const apart = Math.max(...together.map((loss, p) => Math.abs(loss - alone[p])));
  return { pieces, together, alone, apart: apart / Math.max(...together) };
}

/** How the sentence begins, for models that know its word pieces; tokens drawn for others. */
async function textFor(model: Model) {
  if (model.config.d_vocab === (await texts.tokenizer()).size) {
    const { ids, pieces } = await texts.sentenceTokens();
    return { ids: ids.slice(0, 9), pieces: pieces.slice(0, 9) };
  }
  const [ids] = probes.drawTokens(model, { length: 6 });
  return { ids, pieces: ids.map(String) };
}
