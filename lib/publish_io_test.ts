import { cp } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { assertEquals } from "@std/assert";
import { call } from "./claims/testing/call.ts";

const ROOT = new URL("../", import.meta.url);
const CONFIG = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
const ENTRIES: string[] = Object.values(CONFIG.exports);
const PAPERS = ["LICENSE", "README.md", "deno.json"];
const STAND_INS = "lib/std/";

Deno.test("the package is what its entries reach, whole and nothing else", async () => {
  const modules = (await Promise.all(ENTRIES.map(reached))).flat();
  const own = modules.map(({ specifier }) => within(ROOT, specifier)).filter(Boolean);
  const published = (await publish()).filter((file) => !file.startsWith(STAND_INS));
  const wanted = new Set([...PAPERS, ...own.filter((file) => !file.startsWith(STAND_INS))]);
  assertEquals(published.sort(), [...wanted].sort());
});

Deno.test("neither the package nor a stand-in uses what only Node has: they load in a browser", async () => {
  const standIns = ["assert/mod.ts", "cli/parse_args.ts", "testing/mock.ts"];
  const files = [...ENTRIES, ...standIns.map((file) => STAND_INS + file)];
  const modules = (await Promise.all(files.map(reached))).flat();
  assertEquals(modules.filter(({ kind }) => kind === "node"), []);
});

/** A file as it is called within a folder; "" where it is somewhere else. */
function within({ href }: URL, file: string): string {
  return file.startsWith(href) ? file.slice(href.length) : "";
}

/** Every module that one file imports, by way of others too, types included. */
async function reached(file: string): Promise<{ specifier: string; kind: string }[]> {
  return JSON.parse(await deno(ROOT, "info", "--json", file)).modules;
}

/**
 * The files that `deno publish` would send; it fails on slow types, on bytes imports, and where a
 * file is needed that is not sent. As it takes the stand-ins for such files, it is asked in a copy
 * that would send them too.
 */
async function publish(): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const copy = pathToFileURL(`${await Deno.realPath(folder)}/`);
    for (const part of [...PAPERS, "deno.lock", "mod.ts", "lib"]) {
      await cp(new URL(part, ROOT), new URL(part, copy), { recursive: true });
    }
    const config = structuredClone(CONFIG);
    config.publish.include.push(STAND_INS);
    await Deno.writeTextFile(new URL("deno.json", copy), JSON.stringify(config));
    const said = await deno(copy, "publish", "--dry-run", "--allow-dirty");
    return said.split("\n").map((line) => within(copy, line.trim().split(" ")[0])).filter(Boolean);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** All that a command of Deno says; of what is asked for as data, no more than that. */
async function deno(cwd: URL, ...args: string[]): Promise<string> {
  const { code, stdout, output } = await call(cwd, Deno.execPath(), args);
  assertEquals(code, 0, `deno ${args.join(" ")}: ${output}`);
  return args.includes("--json") ? stdout : output;
}
