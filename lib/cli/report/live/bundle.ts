import { fileAt } from "../../files_in.ts";

/** The module that imports the files of every model, which in a page come one by one. */
const MODELS = "fixtures/models/index.ts";

/** The module that starts the runtime, which in a page is handed over. */
const START = "lib/runtime/testing/start.ts";

/**
 * The spec files with all that they import as one classic script, for the worker of a page.
 *
 * @param folder An empty folder to work in, below the project's root.
 * @param specs Paths from the root.
 * @throws {Error} If `deno bundle` fails, with what it wrote.
 */
export async function bundleWorker(
  root: URL,
  folder: URL,
  specs: readonly string[],
): Promise<string> {
  const models = await Deno.readTextFile(fileAt(root, MODELS));
  const imports = {
    ...JSON.parse(await Deno.readTextFile(new URL("deno.json", root))).imports,
    ...await put(root, folder, MODELS, "models.ts", givenByPage(models, root)),
    ...await put(root, folder, START, "start.ts", "export {};\n"),
  };
  await Deno.writeTextFile(new URL("imports.json", folder), JSON.stringify({ imports }));
  await Deno.writeTextFile(new URL("entry.ts", folder), entry(root, specs));
  return await bundle(root, fileAt(folder, "entry.ts"), fileAt(folder, "imports.json"));
}

/** The page of the bench as one classic script. */
export function bundlePage(root: URL): Promise<string> {
  return bundle(root, fileAt(root, "lib/report/live/page/main.tsx"));
}

/** Writes what stands in the place of a module of the project, and the row of the import map for it. */
async function put(root: URL, folder: URL, path: string, name: string, source: string) {
  const instead = new URL(name, folder);
  await Deno.writeTextFile(instead, source);
  return { [fileAt(root, path).href]: instead.href };
}

/** The index of models with files that the page gives instead of those that lie beside it. */
function givenByPage(index: string, root: URL): string {
  const folder = fileAt(root, MODELS);
  const source = index
    .replaceAll(
      /import\("\.\/([^"]+)", \{ with: \{ type: "bytes" \} \}\)/g,
      (_, path: string) => `given("models/${path}")`,
    )
    .replaceAll(/ from "([^"]+)"/g, (_, path: string) => ` from "${new URL(path, folder).href}"`);
  return `import { given } from "${fileAt(root, "lib/report/live/worker.ts").href}";\n${source}`;
}

/** What the worker runs. */
function entry(root: URL, specs: readonly string[]): string {
  const at = (path: string) => JSON.stringify(fileAt(root, path).href);
  const rows = specs.map((spec) => `  ${JSON.stringify(spec)}: () => import(${at(spec)}),`);
  return `import ${at("lib/report/live/maths/install.ts")};
import { serve } from ${at("lib/report/live/worker.ts")};
import { live } from ${at("fixtures/live.ts")};

const specs = {
${rows.join("\n")}
};
const answer = serve({ specs, ...live }, (reply) => postMessage(reply));
addEventListener("message", ({ data }) => answer(data));
`;
}

async function bundle(root: URL, entry: URL, imports?: URL): Promise<string> {
  const map = imports ? [`--import-map=${imports.href}`] : [];
  const how = ["--platform=browser", "--format=iife", "--minify"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", ...how, ...map, entry.href],
    cwd: root,
    env: { NO_COLOR: "1", FORCE_COLOR: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (success) return text(stdout);
  throw new Error(`Cannot bundle ${entry.href.replace(root.href, "")}: ${text(stderr).trim()}`);
}
