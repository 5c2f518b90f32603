import { fileURLToPath } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { ModelFileError } from "../../model/mod.ts";
import { measureApart } from "./measure_apart.ts";
import { measureHere } from "./measure_here.ts";

const ROOT = new URL("../../../", import.meta.url);
const STAND_IN = "lib/cli/testing/stand_in_ledger.ts";
const folder = (name: string) => fileURLToPath(new URL(`fixtures/models/${name}`, ROOT));
const of = (name: string) => ({ folder: folder(name) });

Deno.test("a model that a ledger is of is measured, as far as its folder goes", async () => {
  const filled = await measureApart(ROOT, of("attn-2l/1"), [STAND_IN]);
  assertEquals(filled?.name, "a stand-in");
  const [parameters, loss] = filled!.rows;
  assertEquals([parameters.ours, parameters.replicated], ["268,512", true]);
  assertEquals(loss.reason, "it is measured on text, and there is no tokenizer in the folder");
  assertEquals(await measureHere(STAND_IN, folder("attn-2l/1")), filled, "the same here");
});

Deno.test("of other weights, and of any other model, nothing was published", async () => {
  assertEquals(await measureApart(ROOT, of("attn-2l/2"), [STAND_IN]), undefined);
  assertEquals(await measureApart(ROOT, of("attn-2l/1")), undefined);
  await assertRejects(() => measureApart(ROOT, of("none")), ModelFileError, "Cannot read");
});
