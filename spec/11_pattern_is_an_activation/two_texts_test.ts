import { assert, assertEquals } from "@std/assert";
import { selfOnlyHeads, zeroQueries } from "../../lib/model/sabotages/mod.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import * as models from "../../fixtures/mod.ts";
import { onTwoTexts, OTHER_SENTENCE, sameTextTwice } from "./two_texts.ts";

Deno.test("heads that ask nothing have the same pattern on any text", async () => {
  for (const subject of [models.tiny, models.trainedModel("learned/1")]) {
    const { another, again } = await onTwoTexts(zeroQueries.apply(await subject.load()));
    assertEquals({ another, again }, { another: 0, again: 0 }, subject.name);
  }
});

Deno.test("heads that see only themselves have an arrow from each token to itself", async () => {
  const model = selfOnlyHeads.apply(await models.trainedModel("learned/1").load());
  const { panels } = await onTwoTexts(model);
  assertEquals(panels.length, 4, "two heads on two sentences");
  for (const { tokens, arcs } of panels) {
    const expected = tokens.map((_, place) => ({ from: place, to: place, weight: 1 })).slice(1);
    assertEquals(arcs, expected, "but for the first token, which has no choice");
  }
  assertEquals((await onTwoTexts(await models.tiny.load())).panels, [], "it reads no word pieces");
});

Deno.test("the other sentence is held out, and as long as the first", async () => {
  const { panels: [one, other] } = await onTwoTexts(await models.trainedModel("learned/1").load());
  assertEquals(other.tokens.join(""), OTHER_SENTENCE);
  assertEquals(other.tokens.length, one.tokens.length);
  const texts = await models.texts.heldOutTexts();
  assert(texts.some(({ text }) => text.includes(OTHER_SENTENCE)), "held out");
});

Deno.test("the same text twice has the same patterns", async () => {
  const { another, again } = await sameTextTwice(await models.tiny.load());
  assertEquals({ another, again }, { another: 0, again: 0 });
});

Deno.test("a tokenizer that cuts the sentences into other numbers of pieces gives both one length", async () => {
  const bytes = {
    size: 256,
    encode: (text: string) => [...new TextEncoder().encode(text)],
    decode: (ids: readonly number[]) => String.fromCharCode(...ids),
  };
  using _ = models.texts.readInstead({ tokenizer: bytes, window: 64 });
  const { panels } = await onTwoTexts(smallModel({ d_vocab: 256, n_ctx: 64 }));
  for (const { tokens } of panels) assertEquals(tokens.length, OTHER_SENTENCE.length);
});
