import { assertEquals, assertLess } from "@std/assert";
import { type QueryKeyCost, queryKeyCost } from "../../lib/circuits/mod.ts";
import { gpt2Small } from "../../lib/model/mod.ts";
import type { WithoutWeights } from "../../fixtures/mod.ts";

/** What GPT-2 small's published sizes come to, reckoned by hand; biases aside. */
const GPT2_COSTS: QueryKeyCost = {
  pair: 98_304, // 2 * 768 * 64
  one: 589_824, // 768 * 768
  pairScore: 64,
  oneScore: 768,
  cache: 1536, // keys and values of 12 heads of 64
  cacheStream: 768,
  cacheEachHead: 9216, // 12 * 768
};

/** What the two forms of a head cost, and what is known of it beforehand: of one model, that is. */
export function costs({ config }: WithoutWeights) {
  const cost = queryKeyCost(config);
  const known = config === gpt2Small ? GPT2_COSTS : cost;
  return { ...cost, known, d_model: config.d_model, d_head: config.d_head };
}

export function pairIsCheaper({ known, d_model, d_head, ...cost }: ReturnType<typeof costs>) {
  assertLess(cost.pair, cost.one, "parameters of a head");
  assertEquals(cost.one * 2 * d_head, cost.pair * d_model, "less by the factor d_model / 2 d_head");
  assertEquals([cost.pairScore, cost.oneScore], [d_head, d_model], "products for a score");
  assertEquals(2 * cost.cacheStream, cost.cache, "the stream is half of all keys and values");
  assertEquals(cost, known, "what is known of GPT-2 small");
}
