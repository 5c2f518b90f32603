import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import {
  activations,
  assertMade,
  broken,
  hook0,
  patternRows,
  SOUND,
} from "../../runtime/testing/broken.ts";
import { dot, range } from "../../tensor/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { SCHEMES } from "../config.ts";
import { LLAMA, smallModel } from "../testing/small_models.ts";
import {
  fullRankQK,
  normalisedQK,
  queriesInAnotherBasis,
  sharedKeys,
  shuffledQK,
  transposedQK,
  unscaledScores,
  zeroQueries,
} from "./queries_and_keys.ts";

const sound = await activations(SOUND);
const [Q, K, V, SCORES] = ["q", "k", "v", "attn_scores"].map((part) => hook0(`attn.hook_${part}`));

Deno.test("a transposed W_QK makes queries of what made keys, and the other way round", async () => {
  const transposed = await broken(transposedQK);
  assertSameBits(transposed.get(Q), sound.get(K), "queries");
  assertSameBits(transposed.get(K), sound.get(Q), "keys");
  assertSameBits(transposed.get(V), sound.get(V), "values stay");
});

Deno.test("where heads share keys, each gets queries of its own made of them", async () => {
  const llama = smallModel(LLAMA); // six heads, two keys
  const [transposed, plain] = [await broken(transposedQK, llama), await activations(llama)];
  assertSameBits(transposed.get(K), plain.get(Q), "six keys");
  for (const head of [0, 2, 3, 5]) {
    const expected = plain.get(K).get(1, 4, Math.floor(head / 3));
    assertSameBits(transposed.get(Q).get(1, 4, head), expected, `queries of head ${head}`);
  }
});

Deno.test("queries in another basis leave keys as they are", async () => {
  const rebased = await broken(queriesInAnotherBasis);
  assertNotEquals([...rebased.get(Q).data], [...sound.get(Q).data], "queries");
  assertSameBits(rebased.get(K), sound.get(K), "keys");
});

Deno.test("shared keys are the first head's, and each head has queries of its own", async () => {
  const shared = await assertMade(sharedKeys, "attn.hook_k", (own) => {
    return own.map((_, i) => own.data[i % SOUND.config.d_head]);
  });
  assertSameBits(shared.get(Q), sound.get(Q), "queries");
  const grouped = (await broken(sharedKeys, smallModel(LLAMA))).get(K);
  assertSameBits(grouped.get(1, 4, 1), grouped.get(1, 4, 0), "of two groups");
});

Deno.test("normalised queries and keys have the root mean square 1 and the direction they had", async () => {
  for (const part of ["q", "k"]) {
    await assertMade(normalisedQK, `attn.hook_${part}`, (own) => {
      const heads = [0, 1, 2].map((head) => own.get(head).data);
      const sizes = heads.map((x) => Math.sqrt(dot(x, x) / x.length));
      return own.map((x, i) => x / sizes[Math.floor(i / SOUND.config.d_head)]);
    }, 1e-6);
  }
});

Deno.test("heads that ask nothing weigh everything alike, but for ALiBi's bias", async () => {
  for (const positions of SCHEMES) {
    const blank = await broken(zeroQueries, smallModel({ positions }));
    for (const { query, row } of patternRows(blank.get(hook0("attn.hook_pattern")))) {
      const uneven = range(row.slice(0, query + 1)) > 1e-6;
      assertEquals(uneven, positions === "alibi" && query > 0, `${positions}, query ${query}`);
    }
  }
});

Deno.test("shuffled queries and keys have their numbers in other places, and nothing else moves", () => {
  for (const [name, { data }] of Object.entries(shuffledQK.apply(SOUND).weights)) {
    const before = SOUND.weights[name].data;
    assertEquals(`${data}` !== `${before}`, /W_[QK]$/.test(name), name);
    assertEquals(data.toSorted(), before.toSorted(), `the numbers of ${name}`);
  }
});

Deno.test("scores without the root are as many times as large, and ALiBi's bias as it was", async () => {
  const alibi = smallModel({ positions: "alibi" });
  const score = async (result: ReturnType<typeof broken>) =>
    (await result).get(SCORES).at(0, 0, 4, 1);
  const plain = 2 * await score(activations(SOUND));
  assertAlmostEquals(await score(broken(unscaledScores)), plain, 1e-6, "d_head is 4");
  const penalty = 3 * 2 ** -4; // three places apart, and the first of three heads has a slope of 1/16
  const expected = 2 * (await score(activations(alibi)) + penalty) - penalty;
  assertAlmostEquals(await score(broken(unscaledScores, alibi)), expected, 1e-5, "with ALiBi");
});

Deno.test("a W_QK of full rank adds a tenth of how alike two positions read", async () => {
  const found = (await broken(fullRankQK)).get(SCORES);
  const x = sound.get(hook0("ln1.hook_normalized"));
  for (const [query, key] of [[2, 0], [4, 4]]) {
    const alike = dot(x.get(1, query).data, x.get(1, key).data);
    const expected = sound.get(SCORES).at(1, 2, query, key) + 0.1 * alike / 2; // d_head is 4
    assertAlmostEquals(found.at(1, 2, query, key), expected, 1e-6, `${query}, ${key}`);
  }
  const bare = smallModel({ normalization: "none" });
  const [after, before] = [await broken(fullRankQK, bare), await activations(bare)]
    .map((result) => result.get(SCORES).at(0, 0, 3, 3));
  assert(after > before, "without LayerNorm it reads the stream, which is like itself");
});
