/**
 * The one test file of what stands by: it loads what questions are asked with, which starts the
 * runtime, and waits for the path of a spec file on its standard input; then it imports that, and the
 * tests of it are its own. If anything throws, it is no test, and the spec file is run by itself.
 */
import * as models from "../../../fixtures/mod.ts";
import "../../../mod.ts";
import { keep } from "../../claims/before/as_before.ts";
import { runId } from "../../claims/write_record.ts";
import { keptFile } from "../report/start_tests.ts";
import { pairsInEachBlock, probeInfluence } from "../../circuits/mod.ts";
import "../../claims/pictures/mod.ts";
import "../../model/sabotages/mod.ts";

// The first questions take longest: what is run often is compiled anew, to run faster from then on.
for (const { load } of [models.tiny, ...models.oneOfEachWiring]) {
  const model = await load();
  const pairs = pairsInEachBlock(model, { from: "hook_resid_pre", to: "hook_attn_out" });
  await probeInfluence(model, pairs);
}

const root = new URL("../../../", import.meta.url);
const spec = new URL(root);
const told = await new Response(Deno.stdin.readable).text();
spec.pathname += told.replaceAll("%", "%25"); // As Deno writes paths: results are filed under it.
keep(JSON.parse(await Deno.readTextFile(new URL(keptFile(runId()), root))));
await import(spec.href);

// What the file imports had to be readable. What it asks has no more rights than in any report.
Deno.permissions.revokeSync({ name: "read", path: root });
