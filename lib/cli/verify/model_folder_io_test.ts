import { fileURLToPath } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { exportCheckpoint, ModelFileError } from "../../model/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { COMMIT, hubServer } from "../testing/hub_server.ts";
import { modelFolder } from "./model_folder.ts";

const ROOT = new URL("../../../", import.meta.url);

Deno.test("a folder that is there is the model, and what is none is looked for at the hub", async () => {
  const cache = await Deno.makeTempDir();
  await using hub = hubServer(exportCheckpoint(smallModel({ n_heads: 5, d_head: 2, tied: true })));
  const env: Record<string, string> = { HF_ENDPOINT: hub.address, HF_HUB_CACHE: cache };
  const at = (model: string, revision?: string) =>
    modelFolder({ model, revision }, ROOT, (name) => env[name]);
  try {
    const ours = fileURLToPath(new URL("fixtures/models/rotary/1", ROOT));
    assertEquals(await at("fixtures/models/rotary/1"), { folder: ours });
    assertEquals(await at("fixtures/models"), { folder: ours.replace("/rotary/1", "") });
    assertEquals(await at("/no/such/folder"), { folder: "/no/such/folder" }, "it will be said");
    assertEquals(hub.asked, [], "nothing was asked of the hub");
    const folder = `${cache}/models--owner--name/snapshots/${COMMIT}`;
    const fetched = { folder, name: "owner/name at c0ffee000000" };
    assertEquals(await at("owner/name"), fetched);
    assertEquals(await at("owner/name", COMMIT), fetched);
    await assertRejects(() => at("no/model"), ModelFileError, "there is no no/model at main");
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});
