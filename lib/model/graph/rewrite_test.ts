import { assertEquals } from "@std/assert";
import { smallModel } from "../testing/small_models.ts";
import { buildGraph } from "./build.ts";
import { rewriteAt } from "./rewrite.ts";

Deno.test("a rewrite at a hook reaches it in every block and nowhere else", () => {
  const seen: string[] = [];
  const rewrite = (hooks: string | string[]) =>
    rewriteAt(hooks, (value, _, name) => {
      seen.push(name);
      return value;
    });
  const hooks = ["hook_z", ["attn.hook_q", "hook_embed"], "mask", "blocks.1.hook_mlp_out", "z"];
  for (const each of hooks) {
    buildGraph({ ...smallModel({ n_layers: 2 }), rewrites: [rewrite(each)] });
  }
  assertEquals(seen, [
    "blocks.0.attn.hook_z",
    "blocks.1.attn.hook_z",
    "hook_embed",
    "blocks.0.attn.hook_q",
    "blocks.1.attn.hook_q",
    "blocks.0.attn.mask",
    "blocks.1.attn.mask",
    "blocks.1.hook_mlp_out",
  ], "whole names between dots");
});
