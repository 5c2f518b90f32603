import "../../lib/runtime/testing/give_back.ts";
import { assertEquals } from "@std/assert";
import { sharedKeys } from "../../lib/model/sabotages/mod.ts";
import { smallModel } from "../../lib/model/testing/small_models.ts";
import { keysInGroups } from "./controls.ts";
import { ranksTogether } from "./scores.ts";

Deno.test("heads that share keys in groups have one head's rank for each group", async () => {
  const own = smallModel({ n_heads: 3 });
  const rankOf = async (model: typeof own) => (await ranksTogether(model)).rank / own.config.d_head;
  assertEquals(await rankOf(sharedKeys.apply(own)), 1, "one set of keys for all");
  assertEquals(await rankOf(keysInGroups.apply(own)), 2, "two heads share, one has its own");
});
