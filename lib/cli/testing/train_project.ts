/** For tests: a project that has one tiny recipe, and `deno task train` for it. */
import { fileURLToPath } from "node:url";
import { readSafetensors, writeSafetensors } from "../../model/files/safetensors.ts";
import { sha256 } from "../../model/files/sha256.ts";
import type { Recipe } from "../../training/recipe.ts";
import { tinyRecipe, tinySeeds } from "../../training/testing/tiny_recipe.ts";
import { trainCommand } from "../train.ts";

const ROOT = new URL("../../../", import.meta.url);

/** A folder that has a recipe, and the command for it. */
export class TrainProject implements AsyncDisposable {
  /**
   * @param steps What the tiny recipe is changed to.
   * @param kind One model, or one for each seed that goes on from weights there were before.
   */
  static async make(steps: number, kind: "one" | "seeds" = "one"): Promise<TrainProject> {
    const path = await Deno.makeTempDir({ prefix: "train " }); // a blank: URLs are not paths
    const recipes = kind === "one" ? [tinyRecipe({ steps })] : tinySeeds({ steps });
    const project = new TrainProject(new URL(`file://${path}/`), recipes);
    const make = kind === "one" ? "tinyRecipe" : "tinySeeds";
    await Deno.mkdir(new URL("fixtures/models/tiny/", project.root), { recursive: true });
    const tiny = new URL("lib/training/testing/tiny_recipe.ts", ROOT);
    await Deno.writeTextFile(
      new URL("fixtures/models/tiny/recipe.ts", project.root),
      `import { ${make} } from "${tiny}";\nexport default ${make}({ steps: ${steps} });\n`,
    );
    await Deno.writeTextFile(
      new URL("main.ts", project.root),
      `import { trainCommand } from "${new URL("lib/cli/train.ts", ROOT)}";
      const screen = { terminal: false, write: (text: string) => console.log(text.trimEnd()) };
      const root = new URL("./", import.meta.url);
      Deno.exit(await trainCommand(Deno.args, { root, screen, complain: console.error }));`,
    );
    return project;
  }

  private constructor(readonly root: URL, readonly recipes: readonly Recipe[]) {}

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }

  /** The command in this process: what it exits with, and what it said. */
  async call(...args: string[]): Promise<{ code: number; output: string }> {
    let output = "";
    const write = (text: string) => void (output += text);
    const place = {
      screen: { terminal: false, write },
      complain: (x: string) => write(`! ${x}\n`),
    };
    const code = await trainCommand(args, { root: this.root, ...place });
    return { code, output };
  }

  /** The command in a process of its own; `shell` may prepare what it runs in. */
  start(args: string[], shell = ""): Deno.ChildProcess {
    const main = fileURLToPath(new URL("main.ts", this.root));
    const config = fileURLToPath(new URL("deno.json", ROOT));
    const run = ["run", "--no-prompt", "--no-check", "--no-lock", `--config=${config}`];
    const may = ["--allow-read", `--allow-write=${fileURLToPath(this.root)}`];
    return new Deno.Command("sh", {
      args: ["-c", `${shell}\nexec "$@"`, "sh", Deno.execPath(), ...run, ...may, main, ...args],
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  /** Where a real run keeps its snapshot; of the first model, if there are several. */
  get snapshot(): URL {
    return this.snapshotOf(this.recipes[0].name);
  }

  /** Where a run of some kind keeps its snapshot. */
  snapshotOf(run: string): URL {
    return new URL(`.training/${run}/snapshot.safetensors`, this.root);
  }

  /** Puts a snapshot there. */
  async write(bytes: Uint8Array): Promise<void> {
    await Deno.mkdir(new URL("./", this.snapshot), { recursive: true });
    await Deno.writeFile(this.snapshot, bytes);
  }

  /** The names in a folder of the project. */
  async filesIn(folder: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of Deno.readDir(new URL(folder, this.root))) names.push(name);
    return names.sort();
  }

  /** Waits until there is a snapshot that is not the one of the time given. */
  async savedAfter(time = 0, snapshot = this.snapshot): Promise<void> {
    for (;;) {
      const stat = await Deno.stat(snapshot).catch(() => undefined);
      if (stat?.mtime && stat.mtime.getTime() !== time) return;
      await sleep(1);
    }
  }

  /** Every file under a folder, with its bytes as text. */
  async contents(folder = this.root): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = new URL(isDirectory ? `${name}/` : name, folder);
      if (isDirectory) Object.assign(found, await this.contents(path));
      else found[path.pathname] = (await Deno.readFile(path)).toHex();
    }
    return found;
  }

  /** Adds a half to one weight of a trained model, which its card then vouches for. */
  async nudge(model: string): Promise<void> {
    const file = (name: string) => new URL(`fixtures/models/${model}/${name}`, this.root);
    const tensors = new Map(
      readSafetensors(await Deno.readFile(file("model.safetensors"))).tensors,
    );
    tensors.get("wte.weight")!.data[0] += 0.5;
    const weights = writeSafetensors(tensors, { metadata: { format: "pt" } });
    const card = JSON.parse(await Deno.readTextFile(file("card.json")));
    const vouching = { ...card, weights_sha256: await sha256(weights) };
    await Deno.writeFile(file("model.safetensors"), weights);
    await Deno.writeTextFile(file("card.json"), JSON.stringify(vouching));
  }

  /** The bytes of the trained weights, of each model. */
  models(): Promise<Uint8Array[]> {
    const file = ({ name }: Recipe) =>
      new URL(`fixtures/models/${name}/model.safetensors`, this.root);
    return Promise.all(this.recipes.map((recipe) => Deno.readFile(file(recipe))));
  }
}

/** Waits some milliseconds. */
export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until a process is over: its exit code and all that it printed. */
export async function ended(child: Deno.ChildProcess): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, output: decoder.decode(stdout) + decoder.decode(stderr) };
}
