import { assert, assertEquals } from "@std/assert";

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

/** What a spec may import besides the fixtures. */
const DOORS = [
  "@std/assert",
  "memoize",
  "../mod.ts",
  "../lib/tensor/mod.ts",
  "../lib/model/mod.ts",
  "../lib/model/sabotages/mod.ts",
  "../lib/circuits/mod.ts",
  "../lib/claims/charts.ts",
];

const ROOT = new URL("../", import.meta.url);

Deno.test("each folder of lib imports only from itself and from those above it", async () => {
  const wrong: string[] = [];
  for (const { file, target } of await imports("lib/")) {
    const [from, to] = [folderOf(file), folderOf(target)];
    if (!PIPELINE.includes(from) || !target.startsWith("lib/")) continue;
    if (file.endsWith("_test.ts") || to === "std") continue;
    if (PIPELINE.indexOf(to) > PIPELINE.indexOf(from)) wrong.push(`${file} imports ${target}`);
  }
  assertEquals(wrong, []);
});

Deno.test("no two files of lib import each other, not even by way of others", async () => {
  const graph = new Map<string, string[]>();
  for (const { file, target, onlyTypes } of await imports("lib/")) {
    if (!onlyTypes) graph.set(file, [...graph.get(file) ?? [], target]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    assert(!path.includes(file), `a cycle: ${[...path, file].join(" -> ")}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
});

Deno.test("every folder of lib has its place in the pipeline", async () => {
  const folders: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL("lib/", ROOT))) {
    if (isDirectory) folders.push(name);
  }
  assertEquals(folders.sort(), [...PIPELINE, "std"].sort());
});

Deno.test("a spec imports the public doors, its fixtures, assertions and memoize, nothing else", async () => {
  const found = (await imports("spec/")).filter(({ specifier }) =>
    !DOORS.includes(specifier) && !specifier.startsWith("../fixtures/")
  );
  assertEquals(found, []);
});

Deno.test("only lib/runtime imports onnxruntime-web, and mod.ts reaches no report or training", async () => {
  const all = await imports("lib/");
  const loose = all.filter(({ file, specifier }) =>
    specifier.startsWith("onnxruntime-web") && !file.startsWith("lib/runtime/")
  );
  assertEquals(loose, []);
  const reached = new Set(["mod.ts"]);
  const door = (await imports("", ["mod.ts"])).concat(all);
  for (const file of reached) {
    for (const edge of door) if (edge.file === file) reached.add(edge.target);
  }
  const heavy = [...reached].filter((file) => /^lib\/(report|training|cli)\//.test(file));
  assertEquals(heavy, []);
});

/** One import, from the project's root; a bare specifier is its own target. */
interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly target: string;
  readonly onlyTypes: boolean;
}

async function imports(folder: string, files?: readonly string[]): Promise<Import[]> {
  const found: Import[] = [];
  for (const file of files ?? await sources(folder)) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    const pattern = /^\s*(?:import|export)\b(\s+type\b)?[^;"'`]*?from\s+"([^"]+)"/gm;
    for (const [, onlyTypes, specifier] of text.matchAll(pattern)) {
      const relative = specifier.startsWith(".");
      const resolved = relative ? new URL(specifier, new URL(file, ROOT)).href : specifier;
      const target = relative ? resolved.slice(ROOT.href.length) : specifier;
      found.push({ file, specifier, target, onlyTypes: onlyTypes !== undefined });
    }
  }
  return found;
}

async function sources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
    if (isDirectory) found.push(...await sources(`${folder}${name}/`));
    else if (name.endsWith(".ts")) found.push(`${folder}${name}`);
  }
  return found.sort();
}

function folderOf(file: string): string {
  return file.split("/")[1];
}
