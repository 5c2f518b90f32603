import { fileURLToPath } from "node:url";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import {
  exportCheckpoint,
  makeConfig,
  makeModel,
  ModelFileError,
  openCheckpoint,
  randomWeights,
} from "../../model/mod.ts";
import { temporaryFolder } from "../../training/testing/temporary_folder.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { COMMIT, type HubServer, hubServer } from "../testing/hub_server.ts";
import { fetchModel, type FetchOptions } from "./fetch_model.ts";
import { repository } from "./repository.ts";

const SIZES = { n_layers: 1, d_model: 64, n_heads: 4, d_vocab: 500, n_ctx: 16, tied: true };
const config = makeConfig(SIZES);
const MODEL = makeModel("owner/name", config, randomWeights(config, 1));
const FILES = exportCheckpoint(MODEL);
const WEIGHTS = FILES["model.safetensors"];
const RESOLVE = `/owner/name/resolve/${COMMIT}`;
const ELSEWHERE = "/elsewhere/model.safetensors";

/** A hub, a cache, and the way from one to the other. */
async function start(files: Record<string, string | Uint8Array> = FILES) {
  const hub = hubServer(files);
  const cache = await temporaryFolder();
  const storage = fileURLToPath(new URL("models--owner--name", cache.url));
  return {
    hub,
    cache,
    storage,
    blob: (name: string) => `${storage}/blobs/${name}`,
    fetch: (revision?: string, options?: FetchOptions) =>
      fetchModel({ ...repository("owner/name", revision), hub: hub.address }, storage, options),
    async [Symbol.asyncDispose]() {
      await hub[Symbol.asyncDispose]();
      await cache[Symbol.asyncDispose]();
    },
  };
}

/** What the hub was asked for since the last time. */
function asked({ asked }: HubServer): string[] {
  return asked.splice(0);
}

async function assertModelIn(folder: string): Promise<void> {
  const { model } = await openCheckpoint(await checkpointFolder(folder), { name: MODEL.name });
  assertEquals(model, MODEL);
}

const listed = (at: string) => [...Deno.readDirSync(at)].map(({ name }) => name).sort();

Deno.test("a model is fetched, each file once, and is the one that was there", async () => {
  const others = { "README.md": "x", "pytorch_model.bin": "x", "onnx/model.safetensors": "x" };
  await using at = await start({ ...FILES, "merges.txt": "#version", ...others });
  const seen: [string, number][] = [];
  const fetched = await at.fetch("main", {
    onProgress: ({ path }, bytes) => seen.push([path, bytes]),
  });
  assertEquals(fetched, { folder: `${at.storage}/snapshots/${COMMIT}`, commit: COMMIT });
  assertEquals(listed(fetched.folder), ["config.json", "merges.txt", "model.safetensors"]);
  await assertModelIn(fetched.folder);
  assertEquals(seen.at(-1), ["model.safetensors", WEIGHTS.length]);
  assertEquals(asked(at.hub), [
    "/api/models/owner/name/revision/main",
    `/api/models/owner/name/paths-info/${COMMIT}`,
    `${RESOLVE}/config.json`,
    `/api/models/owner/name/paths-info/${COMMIT}`,
    `${RESOLVE}/merges.txt`,
    `/api/models/owner/name/paths-info/${COMMIT}`,
    `${RESOLVE}/model.safetensors`,
    ELSEWHERE,
  ]);
  assertEquals(await Deno.readTextFile(`${at.storage}/refs/main`), COMMIT);
  assertEquals(await at.fetch(), fetched);
  assertEquals(asked(at.hub), ["/api/models/owner/name/revision/main"], "is it still that commit?");
  assertEquals(await at.fetch(COMMIT), fetched);
  assertEquals(asked(at.hub), [], "a commit is what it is");
});

Deno.test("with a tokenizer.json nothing else of a tokenizer is needed but its settings", async () => {
  const tokenizer = { "tokenizer.json": "{}", "tokenizer_config.json": "{}" };
  await using at = await start({ ...FILES, ...tokenizer, "vocab.json": "{}", "merges.txt": "" });
  const { folder } = await at.fetch("refs/pr/1");
  const whole = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"];
  assertEquals(listed(folder), whole);
  assertEquals(await Deno.readTextFile(`${at.storage}/refs/refs/pr/1`), COMMIT);
});

Deno.test("shards are fetched as their index names them, and none from outside", async () => {
  const index = (file: string) => JSON.stringify({ weight_map: { "wte.weight": file } });
  const shard = "model-00001-of-00001.safetensors";
  const files = { "config.json": FILES["config.json"], [shard]: WEIGHTS };
  await using at = await start({ ...files, "model.safetensors.index.json": index(shard) });
  const { folder } = await at.fetch();
  assertEquals(listed(folder), ["config.json", shard, "model.safetensors.index.json"]);
  for (const name of ["../../x.safetensors", "/etc/x.safetensors", "a/b.safetensors", "C:\\x"]) {
    await using hostile = await start({
      ...{ ...files, [name]: "x", "model.safetensors.index.json": index(name) },
    });
    const message = "a .safetensors file of the same folder that is there";
    await assertRejects(() => hostile.fetch(), ModelFileError, message);
    assertEquals(listed(hostile.storage), ["blobs", "snapshots"]);
  }
});

Deno.test("where the server stops in the middle, the next call goes on from there", async () => {
  await using at = await start();
  at.hub.stops.push(Infinity, 5000, 7000);
  const first = await assertRejects(() => at.fetch(), ModelFileError);
  const message = `5000 of ${WEIGHTS.length} bytes came; the same call goes on from there`;
  assertStringIncludes(
    first.message,
    "Cannot fetch model.safetensors of owner/name from 127.0.0.1",
  );
  assertStringIncludes(first.message, message);
  asked(at.hub);
  await assertRejects(() => at.fetch(), ModelFileError, `12000 of ${WEIGHTS.length} bytes came`);
  assertEquals(asked(at.hub).at(-1), `${ELSEWHERE} bytes=5000-`);
  const { folder } = await at.fetch();
  assertEquals(asked(at.hub).at(-1), `${ELSEWHERE} bytes=12000-`);
  await assertModelIn(folder);
  assertEquals(listed(`${at.storage}/blobs`).filter((name) => name.includes("incomplete")), []);
});

Deno.test("a server that gives all of a file again, or is only silent, is no trouble", async () => {
  await using at = await start();
  at.hub.stops.push(Infinity, 5000);
  at.hub.silent = true;
  const silent = "nothing came for 0.2 seconds: 5000 of";
  await assertRejects(() => at.fetch("main", { patience: 200 }), ModelFileError, silent);
  at.hub.ignoresRanges = true;
  await assertModelIn((await at.fetch()).folder);
});

Deno.test("what is not what the hub lists is refused, and removed", async () => {
  await using at = await start();
  const wrong = WEIGHTS.slice();
  wrong[wrong.length - 1] ^= 1;
  at.hub.files.set("model.safetensors", wrong);
  const refused = await assertRejects(() => at.fetch(), ModelFileError);
  assertStringIncludes(refused.message, "its SHA-256 must be ");
  assertStringIncludes(refused.message, "what came was removed");
  assertEquals(listed(`${at.storage}/blobs`).length, 1, "the config alone");
  at.hub.files.set("model.safetensors", new Uint8Array(WEIGHTS.length + 1));
  const long = `it must be ${WEIGHTS.length} bytes long, and is longer`;
  await assertRejects(() => at.fetch(), ModelFileError, long);
  assertEquals(listed(`${at.storage}/blobs`).length, 1);

  await using other = await start();
  other.hub.files.set("config.json", new Uint8Array(FILES["config.json"].length));
  await assertRejects(() => other.fetch(), ModelFileError, "its Git hash must be ");
});

Deno.test("a part of something else is not built on", async () => {
  await using at = await start();
  at.hub.stops.push(Infinity, 5000);
  await assertRejects(() => at.fetch(), ModelFileError);
  const [incomplete] = listed(`${at.storage}/blobs`).filter((name) => name.includes("incomplete"));
  for (const length of [5000, WEIGHTS.length, WEIGHTS.length + 9]) {
    await Deno.writeFile(at.blob(incomplete), new Uint8Array(length));
    await assertModelIn((await at.fetch()).folder);
    await Deno.remove(`${at.storage}/snapshots`, { recursive: true });
    await Deno.remove(at.blob(incomplete.replace(".incomplete", "")));
  }
});

Deno.test("two calls at once do not meddle with each other", async () => {
  await using at = await start();
  const [a, b] = await Promise.all([at.fetch(), at.fetch()]);
  assertEquals(a, b);
  await assertModelIn(a.folder);
});

Deno.test("what cannot be had is said with its name", async () => {
  await using at = await start();
  const of = (id: string) => {
    return fetchModel({ ...repository(id), hub: at.hub.address }, at.storage);
  };
  const refused: [() => Promise<unknown>, string][] = [
    [() => of("owner/none"), "404: there is no owner/none at main"],
  ];
  at.hub.answers.set("/api/models/a/b/revision/main", new Response(null, { status: 401 }));
  refused.push([() => of("a/b"), "401: there is no a/b, or it asks for an account"]);
  at.hub.answers.set("/api/models/a/c/revision/main", new Response("<html>"));
  refused.push([() => of("a/c"), "its answer must be JSON"]);
  at.hub.answers.set("/api/models/a/d/revision/main", Response.json({ sha: "../x" }));
  refused.push([() => of("a/d"), "its answer must name a commit and its files"]);
  const siblings = ["../config.json", "/etc/passwd", "a/config.json"];
  at.hub.answers.set(
    "/api/models/a/e/revision/main",
    Response.json({ sha: COMMIT, siblings: siblings.map((rfilename) => ({ rfilename })) }),
  );
  refused.push([() => of("a/e"), "it has no config.json, but no file"]);
  for (const [call, message] of refused) await assertRejects(call, ModelFileError, message);
  at.hub.answers.set(`${RESOLVE}/config.json`, new Response(null, { status: 500 }));
  const message = "Cannot fetch config.json of owner/name from 127.0.0.1";
  const failed = await assertRejects(() => at.fetch(), ModelFileError, message);
  assertStringIncludes(failed.message, "it answers 500");
  const nowhere = { ...repository("a/b"), hub: "http://127.0.0.1:9" };
  await assertRejects(() => fetchModel(nowhere, at.storage), ModelFileError, "Cannot fetch a/b");
});

Deno.test("of what cannot be run no weight is fetched", async () => {
  const config = JSON.stringify({ model_type: "bert" });
  await using at = await start({ ...FILES, "config.json": config });
  await assertRejects(() => at.fetch(), ModelFileError, "model_type must be one of gpt2");
  assertEquals(asked(at.hub).at(-1), `${RESOLVE}/config.json`);
  const endless = {
    ...JSON.parse(new TextDecoder().decode(FILES["config.json"])),
    n_layer: 60_000,
  };
  await using large = await start({ ...FILES, "config.json": JSON.stringify(endless) });
  await assertRejects(() => large.fetch(), ModelFileError, "is the most that one graph can hold");
  assertEquals(asked(large.hub).at(-1), `${RESOLVE}/config.json`);
  await using pickle = await start({
    "config.json": FILES["config.json"],
    "pytorch_model.bin": "",
  });
  await assertRejects(() => pickle.fetch(), ModelFileError, "a pickle, which can run code");
});
