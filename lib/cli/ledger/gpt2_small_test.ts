import { assertEquals, assertMatch } from "@std/assert";
import { gpt2Small, parameterCount } from "../../model/mod.ts";
import gpt2SmallLedger, { CHOICES } from "./gpt2_small.ts";
import { isOf } from "./ledger.ts";

const { weights, entries } = gpt2SmallLedger;

Deno.test("the prompts are those that the demo prints", () => {
  assertEquals(CHOICES.map(({ prompt }) => prompt), [
    "When John and Mary went to the shops, John gave the bag to",
    "When John and Mary went to the shops, Mary gave the bag to",
    "When Tom and James went to the park, James gave the ball to",
    "When Tom and James went to the park, Tom gave the ball to",
    "When Dan and Sid went to the shops, Sid gave an apple to",
    "When Dan and Sid went to the shops, Dan gave an apple to",
    "After Martin and Amy went to the park, Amy gave a drink to",
    "After Martin and Amy went to the park, Martin gave a drink to",
  ]);
  const names = CHOICES.map(({ right, wrong }) => right + wrong);
  const pairs = [" Mary John", " John Mary", " Tom James", " James Tom", " Dan Sid", " Sid Dan"];
  assertEquals(names, [...pairs, " Martin Amy", " Amy Martin"]);
});

Deno.test("each figure has a source, and when ours counts as it", () => {
  const shown = entries.map(({ id, published, within }) => [id, published, within]);
  assertEquals(shown, [
    ["parameters", "124,439,808", "the same number"],
    ["loss", "5.331856", "0.00004 of it"],
    ["ioi", "3.5521", "0.001 of it"],
    ["induction-heads", "5.1, 5.5, 6.9, 7.2, 7.10", "the 5 highest, in any order"],
    ["previous-token-head", "4.11", "each above 0.5"],
    [
      "continuation",
      "Hello, my dog is a little bit of a mess. I'm not sure if he's going",
      "every letter",
    ],
  ]);
  for (const { source } of entries) {
    assertMatch(source.url, /^https:\/\/(github\.com|arxiv\.org)\//);
  }
  assertEquals(parameterCount(gpt2Small).total, 124_439_808);
});

Deno.test("other weights of the same shape are another model, and of another shape are not even asked for", async () => {
  const given = (hash: string) => () => Promise.resolve(hash);
  assertEquals(await isOf(gpt2SmallLedger, { ...gpt2Small }, given(weights)), true);
  assertEquals(await isOf(gpt2SmallLedger, gpt2Small, given("0".repeat(64))), false);
  const never = () => Promise.reject(new Error("asked for"));
  assertEquals(await isOf(gpt2SmallLedger, { ...gpt2Small, n_ctx: 512 }, never), false);
});
