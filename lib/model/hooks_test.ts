import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Config, makeConfig, SCHEMES } from "./config.ts";
import { hookOf, hooksOf, inEachBlock, lengthsOf, streamHooks } from "./hooks.ts";

const CONFIG = makeConfig({ n_layers: 1, d_model: 6, n_heads: 3, d_vocab: 11, n_ctx: 5 });

Deno.test("the hooks of one block with everything are these", () => {
  const names = hooksOf({ ...CONFIG, positions: "rotary" }).map(({ name }) => name);
  const block = `hook_resid_pre ln1.hook_scale ln1.hook_normalized
    attn.hook_q attn.hook_k attn.hook_v attn.hook_rot_q attn.hook_rot_k
    attn.hook_attn_scores attn.hook_pattern attn.hook_z attn.hook_result hook_attn_out
    hook_resid_mid ln2.hook_scale ln2.hook_normalized
    mlp.hook_pre mlp.hook_post hook_mlp_out hook_resid_post`;
  assertEquals(names, [
    "hook_embed",
    ...block.split(/\s+/).map((name) => `blocks.0.${name}`),
    "ln_final.hook_scale",
    "ln_final.hook_normalized",
    "logits",
  ]);
});

Deno.test("a hook stands only where the config has it", () => {
  const has = (changes: Partial<Config>, part: string) =>
    hooksOf({ ...CONFIG, ...changes }).some(({ name }) => name.includes(part));
  for (const positions of SCHEMES) {
    const added = positions === "learned" || positions === "sinusoidal";
    assertEquals(has({ positions }, "hook_pos_embed"), added, `hook_pos_embed, ${positions}`);
    assertEquals(has({ positions }, "hook_rot_"), positions === "rotary", `rotation, ${positions}`);
  }
  for (const part of ["hook_resid_mid", "ln2", "mlp"]) {
    assert(has({}, part) && !has({ attn_only: true }, part), `${part} only beside an MLP`);
  }
  for (const part of ["hook_scale", "hook_normalized"]) {
    assert(has({}, part) && !has({ normalization: "none" }, part), `${part} only with LayerNorm`);
  }
  for (const query_key of ["pair", "same", "full"] as const) {
    assertEquals(has({ query_key }, "hook_k"), query_key === "pair", `keys, ${query_key}`);
    const width = hookOf({ ...CONFIG, query_key }, "blocks.0.attn.hook_q").axes.at(-1);
    assertEquals(width, query_key === "full" ? "d_model" : "d_head", `what asks, ${query_key}`);
  }
  const none = hooksOf({ ...CONFIG, n_layers: 0, normalization: "none" });
  assertEquals(
    none.map(({ name }) => name),
    ["hook_embed", "hook_pos_embed", "logits"],
    "no block",
  );
});

Deno.test("keys and values are of as many heads as have their own, and a gated MLP has a hook more", () => {
  const config = makeConfig({ ...CONFIG, n_key_value_heads: 1, positions: "rotary" });
  const lengths = lengthsOf(config, 2, 5);
  for (const part of ["q", "k", "v", "rot_q", "rot_k", "z"]) {
    const { axes } = hookOf(config, `blocks.0.attn.hook_${part}`);
    const heads = ["k", "v", "rot_k"].includes(part) ? 1 : 3;
    assertEquals(axes.map((axis) => lengths[axis]), [2, 5, heads, 2], part);
  }
  const gated = hooksOf({ ...CONFIG, gated_mlp: true }).map(({ name }) => name);
  assertEquals(gated.filter((name) => name.includes("mlp.")), [
    "blocks.0.mlp.hook_pre",
    "blocks.0.mlp.hook_pre_linear",
    "blocks.0.mlp.hook_post",
  ]);
});

Deno.test("hooks in each block, and of the stream from its start", () => {
  const deep = { ...CONFIG, n_layers: 2 };
  assertEquals(inEachBlock(deep, "hook_z"), ["blocks.0.hook_z", "blocks.1.hook_z"]);
  const stream = [
    "0.hook_resid_pre",
    ...[0, 1].flatMap((i) => [`${i}.hook_resid_mid`, `${i}.hook_resid_post`]),
  ];
  assertEquals(streamHooks(deep), stream.map((hook) => `blocks.${hook}`));
  assertEquals(streamHooks({ ...CONFIG, n_layers: 0 }), ["hook_embed"], "no block");
});

Deno.test("a hook is found by name, and one that is not there brings up its likes", () => {
  assertEquals(hookOf(CONFIG, "blocks.0.hook_attn_out").axes, ["batch", "pos", "d_model"], "found");
  assertThrows(
    () => hookOf(CONFIG, "blocks.1.attn.hook_z"),
    RangeError,
    'No hook "blocks.1.attn.hook_z" in this model; it has blocks.0.attn.hook_z',
    "another block",
  );
  assertThrows(
    () => hookOf({ ...CONFIG, n_layers: 0, normalization: "none" }, "hook_z"),
    RangeError,
    'No hook "hook_z" in this model; it has hook_embed, hook_pos_embed, logits',
    "nothing like it",
  );
});
