import { fileURLToPath, pathToFileURL } from "node:url";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { call } from "../claims/testing/call.ts";
import { exportCheckpoint } from "../model/mod.ts";
import { smallModel } from "../model/testing/small_models.ts";
import { fetchCommand } from "./fetch.ts";
import { progressOn } from "./hub/fetch_here.ts";
import { COMMIT, hubServer } from "./testing/hub_server.ts";

const ROOT = new URL("../../", import.meta.url);
const MODEL = smallModel({ n_heads: 5, d_head: 2, tied: true });

/** A folder with no comma in its name, which Deno could not be told. */
async function cacheForTest() {
  const path = await Deno.makeTempDir({ prefix: "a cache (copy) [ü] #1 " });
  const [url, remove] = [pathToFileURL(`${path}/`), () => Deno.remove(path, { recursive: true })];
  return { url, [Symbol.asyncDispose]: remove };
}

/** Calls the task as a reader does, at another hub. */
async function fetched(hub: string, cache: URL, ...args: string[]) {
  const env = { HF_ENDPOINT: hub, HF_HUB_CACHE: fileURLToPath(cache) };
  return await call(ROOT, Deno.execPath(), ["task", "--quiet", "fetch", ...args], env);
}

Deno.test("the task fetches with the right to its hub and its folder alone, and says where it is", async () => {
  await using cache = await cacheForTest();
  await using hub = hubServer(exportCheckpoint(MODEL));
  const { code, stdout, output } = await fetched(hub.address, cache.url, "owner/name");
  const folder = `${fileURLToPath(cache.url)}models--owner--name/snapshots/${COMMIT}`;
  assertEquals([code, stdout], [0, `owner/name at commit ${COMMIT} is in ${folder}\n`], output);
  assertMatch(output, /Fetching model.safetensors, 0.0 MB/);
  assertEquals([...Deno.readDirSync(folder)].length, 2);
  await using elsewhere = hubServer({});
  const Location = `${elsewhere.address}/config.json`;
  hub.answers.set(
    "/api/models/a/b/revision/main",
    new Response(null, { status: 302, headers: { Location } }),
  );
  const led = await fetched(hub.address, cache.url, "a/b");
  assertEquals(led.code, 2, "led elsewhere");
  assertStringIncludes(led.output, `Requires net access to "${new URL(Location).host}"`);
  assertEquals(elsewhere.asked, []);
});

Deno.test("a wrong call is refused in words, without a word to the hub", async () => {
  await using cache = await cacheForTest();
  await using hub = hubServer({});
  const refused: [string[], string][] = [
    [[], "one model is required, got none"],
    [["a/b", "c/d"], "one model is required, got a/b, c/d"],
    [["../b"], 'Cannot fetch "../b": OWNER/NAME is required'],
    [["a/b", "--revision=../.."], 'Cannot fetch a/b at "../..": a branch'],
    [["a/b", "--token=x"], 'There is no option "token"'],
  ];
  for (const [args, message] of refused) {
    const { code, output } = await fetched(hub.address, cache.url, ...args);
    assertEquals(code, 2, output);
    assertStringIncludes(output, message);
  }
  assertEquals(hub.asked, []);
  const comma = await fetched(hub.address, new URL("a,b/", cache.url), "a/b");
  assertStringIncludes(comma.output, "with a comma in it: set HF_HOME to another");
  assertStringIncludes((await fetched("x", cache.url, "a/b")).output, "Bad HF_ENDPOINT");
});

Deno.test("how far a file is stands in one line of a terminal, and elsewhere only that it begins", async () => {
  const file = { path: "x", size: 2_000_000, oid: "" };
  const shown = (terminal: boolean) => {
    let text = "";
    const show = progressOn(terminal, (more) => void (text += more));
    for (const bytes of [500_000, 600_000, 2_000_000]) show(file, bytes);
    return text;
  };
  assertEquals(shown(false), "Fetching x, 2.0 MB\n");
  const line = (bytes: string) => `\r\x1b[KFetching x: ${bytes} of 2.0 MB`;
  assertEquals(shown(true), `${line("0.5")}${line("2.0")}\n`);
  let said = "";
  const write = (text: string) => void (said += text);
  const place = { root: ROOT, screen: { terminal: false, write }, complain: write };
  assertEquals(await fetchCommand(["--help"], place), 0);
  assertStringIncludes(said, "usage: deno task fetch OWNER/NAME");
});
