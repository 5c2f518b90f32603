import { assertEquals } from "@std/assert";
import { constantPattern } from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";
import { longerWindow } from "./parameters.ts";

Deno.test("a longer window makes a table of positions longer, and a table of scores", async () => {
  const model = await models.tiny.load(); // learned positions
  const { stored, attention, elsewhere } = longerWindow(model);
  assertEquals(stored, 8, "Q, K, V and O: a matrix and a bias each");
  assertEquals(attention, []);
  assertEquals(elsewhere.filter((name) => name.includes("W_pos")), ["pos_embed.W_pos"]);
  assertEquals(longerWindow(constantPattern.apply(model)).attention, ["blocks.0.attn.W_pattern"]);
});
