import { assertEquals, assertLessOrEqual } from "@std/assert";
import { filesIn } from "./cli/files_in.ts";

/** The folders of `lib/` as a pipeline: each may import only from itself and those before it. */
const PIPELINE = [
  "tensor",
  "onnx",
  "model",
  "runtime",
  "circuits",
  "claims",
  "report",
  "training",
  "cli",
];

/** What a spec may import besides the fixtures: a line each, ten at most. */
const DOORS = [
  "@std/assert",
  "memoize",
  "../mod.ts",
  "../lib/tensor/mod.ts",
  "../lib/model/mod.ts",
  "../lib/model/reference/reference.ts", // the oracle of their tests
  "../lib/model/sabotages/mod.ts",
  "../lib/circuits/mod.ts",
  "../lib/claims/pictures/mod.ts",
];

/** How many modules of its own a folder may hold before it needs rooms. */
const ROOM = 25;

const ROOT = new URL("../", import.meta.url);

Deno.test("each folder of lib imports only from itself and from those above it", async () => {
  const wrong = (await imports("lib/")).filter(({ file, target }) => {
    const [from, to] = [placeOf(file), placeOf(target)];
    if (
      from < 0 || isTest(file) || !/^lib\/.+\.ts$/.test(target) || target.startsWith("lib/std/")
    ) {
      return false;
    }
    return to > from || to < 0;
  });
  assertEquals(wrong, []);
});

Deno.test("the library imports no fixture, but for commands, and tests that ask models", async () => {
  const wrong = (await imports("lib/")).filter(({ file, target }) =>
    target.startsWith("fixtures/") && !isTest(file) && !file.startsWith("lib/cli/") &&
    file !== "lib/gathered_tests.ts"
  );
  assertEquals(wrong, []);
});

Deno.test("no two files import each other, types included, not even by way of others", async () => {
  const graph = Map.groupBy(
    [...await imports("lib/"), ...await imports("fixtures/")],
    ({ file }) => file,
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path, file].join(" -> "));
    if (path.includes(file) || done.has(file)) return;
    for (const { target } of graph.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  assertEquals(cycles, []);
});

Deno.test("the README lists the folders that there are, in the order of the pipeline", async () => {
  const table = rowsOf(await read("README.md"), /^\| `(?:lib\/)?([\w/]+)\/` /gm);
  const folders = await foldersIn("lib/");
  assertEquals(table.filter((name) => PIPELINE.includes(name)), PIPELINE);
  assertEquals(table.filter((name) => name !== "spec" && name !== "fixtures").sort(), folders);
});

Deno.test("a folder's README lists its rooms, and a room that is full is none", async () => {
  for (const folder of PIPELINE.map((name) => `lib/${name}/`)) {
    const text = await read(`${folder}README.md`).catch(() => "");
    const [rooms, listed] = [await foldersIn(folder), rowsOf(text, /^\| `([\w]+)\/` /gm)]
      .map((names) => names.filter((name) => name !== "testing").sort());
    assertEquals(listed, rooms, `${folder}README.md`);
  }
  const full = Map.groupBy((await sources("lib/")).filter(isModule), folderOf);
  for (const [folder, { length }] of full) assertLessOrEqual(length, ROOM, `modules in ${folder}`);
});

Deno.test("each module has a test of its name, or its folder's README says which one covers it", async () => {
  const files = new Set(await sources("lib/"));
  const reached = reachedFrom(await imports("lib/"));
  for (const folder of PIPELINE.map((name) => `lib/${name}/`)) {
    const alone = [...files].filter((file) =>
      file.startsWith(folder) && isModule(file) && !file.endsWith("/mod.ts") &&
      !["_test.ts", "_io_test.ts"].some((end) => files.has(file.replace(/\.ts$/, end)))
    );
    const text = await read(`${folder}README.md`).catch(() => "");
    const listed = [...text.matchAll(/^- `(.+\.ts)`: `(.+_test\.ts)`$/gm)];
    assertEquals(listed.map(([, module]) => folder + module).sort(), alone, `${folder}README.md`);
    for (const [line, module, test] of listed) {
      const path = new URL(folder + test, ROOT).href.slice(ROOT.href.length);
      assertEquals(
        reached(path).has(folder + module),
        true,
        `the test imports it: ${line}`,
      );
    }
  }
});

Deno.test("a spec imports the public doors, its fixtures and assertions, in ten lines", async () => {
  const edges = await imports("spec/");
  const strange = edges.filter(({ specifier }) =>
    !DOORS.includes(specifier.replace("../../", "../")) &&
    !/\/lib\/.*\/testing\//.test(specifier) &&
    !/^(\.\.\/)+fixtures\/|^\.\//.test(specifier)
  );
  assertEquals(strange, []);
  for (const file of await sources("spec/")) {
    const [head] = (await read(file)).split(/^(?!import | {2}|\} from|$)/m);
    const lines = head.split("\n").filter((line) => line !== "");
    assertLessOrEqual(lines.length, 10, `lines of imports in ${file}`);
  }
});

Deno.test("only lib/runtime imports onnxruntime-web, and mod.ts reaches no report or training", async () => {
  const all = await imports("lib/");
  const loose = all.filter(({ file, specifier }) =>
    specifier.startsWith("onnxruntime-web") && !file.startsWith("lib/runtime/")
  );
  assertEquals(loose, []);
  const reached = reachedFrom([...await imports("", ["mod.ts"]), ...all]);
  const heavy = [...reached("mod.ts")].filter((file) => /^lib\/(report|training|cli)\//.test(file));
  assertEquals(heavy, []);
});

/** One import, from the project's root; a bare specifier is its own target. */
interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly target: string;
}

async function imports(folder: string, files?: readonly string[]): Promise<Import[]> {
  const found: Import[] = [];
  for (const file of files ?? await sources(folder)) {
    const pattern = /^(?:import|export)\b(?:[^;"'`]*?\bfrom)?\s*"([^"]+)"/gm;
    for (const [, specifier] of (await read(file)).matchAll(pattern)) {
      const relative = specifier.startsWith(".");
      const resolved = relative ? new URL(specifier, new URL(file, ROOT)).href : specifier;
      const target = relative ? resolved.slice(ROOT.href.length) : specifier;
      found.push({ file, specifier, target });
    }
  }
  return found;
}

/** All that a file imports, itself or by way of others. */
function reachedFrom(edges: readonly Import[]): (file: string) => Set<string> {
  const graph = Map.groupBy(edges, ({ file }) => file);
  return (start) => {
    const reached = new Set([start]);
    for (const file of reached) {
      for (const { target } of graph.get(file) ?? []) reached.add(target);
    }
    return reached;
  };
}

async function sources(folder: string): Promise<string[]> {
  const files = (await filesIn(ROOT, folder)).map(({ path }) => path);
  return files.filter((file) => file.endsWith(".ts"));
}

async function foldersIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) found.push(name);
  }
  return found.sort();
}

async function read(file: string): Promise<string> {
  return (await Deno.readTextFile(new URL(file, ROOT))).replaceAll("\r\n", "\n");
}

function rowsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name);
}

/** Whether it is a test, a part of one, or what runs them. */
function isTest(file: string): boolean {
  return file.endsWith("_test.ts") || file.includes("/testing/");
}

function isModule(file: string): boolean {
  return !isTest(file);
}

function placeOf(file: string): number {
  return PIPELINE.indexOf(file.split("/")[1]);
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1);
}
