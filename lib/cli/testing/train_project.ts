/** For tests: a project that has one tiny recipe, and `deno task train` for it. */
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { ended, start } from "../../claims/testing/call.ts";
import { readSafetensors, writeSafetensors } from "../../model/files/safetensors.ts";
import { sha256 } from "../../model/files/sha256.ts";
import type { Recipe } from "../../training/recipe.ts";
import { type TemporaryFolder, temporaryFolder } from "../../training/testing/temporary_folder.ts";
import { tinyRecipe, tinySeeds } from "../../training/testing/tiny_recipe.ts";
import { filesIn } from "../files_in.ts";
import { trainCommand } from "../train.ts";

const ROOT = new URL("../../../", import.meta.url);

/** One model, or one for each seed that goes on from weights there were before. */
export type Kind = "one" | "seeds";

/** A folder that has a recipe, and the command for it. */
export class TrainProject implements AsyncDisposable {
  /** @param steps What the tiny recipe is changed to. */
  static async make(steps: number, kind: Kind = "one"): Promise<TrainProject> {
    const make = kind === "one" ? "tinyRecipe" : "tinySeeds";
    const tiny = new URL("lib/training/testing/tiny_recipe.ts", ROOT);
    const folder = await temporaryFolder({
      "fixtures/models/tiny/recipe.ts":
        `import { ${make} } from "${tiny}";\nexport default ${make}({ steps: ${steps} });\n`,
      "main.ts": `import { trainCommand } from "${new URL("lib/cli/train.ts", ROOT)}";
        const screen = { terminal: false, write: (text: string) => console.log(text.trimEnd()) };
        const root = new URL("./", import.meta.url);
        Deno.exit(await trainCommand(Deno.args, { root, screen, complain: console.error }));`,
    });
    return new TrainProject(
      folder,
      kind === "one" ? [tinyRecipe({ steps })] : tinySeeds({ steps }),
    );
  }

  private constructor(readonly folder: TemporaryFolder, readonly recipes: readonly Recipe[]) {}

  [Symbol.asyncDispose] = () => this.folder[Symbol.asyncDispose]();

  /** A file or folder of it. */
  url(path: string): URL {
    return new URL(path, this.folder.url);
  }

  /** Calls the command in this process, which must exit with `code`: what it said. */
  async call(code: number, ...args: string[]): Promise<string> {
    let output = "";
    const write = (text: string) => void (output += text);
    const complain = (line: string) => write(`! ${line}\n`);
    const place = { root: this.folder.url, screen: { terminal: false, write }, complain };
    assertEquals(await trainCommand(args, place), code, output);
    return output;
  }

  /** Starts the command in a process of its own; `shell` may prepare what it runs in. */
  start(args: string[], shell = ""): Deno.ChildProcess {
    const main = fileURLToPath(this.url("main.ts"));
    const config = fileURLToPath(new URL("deno.json", ROOT));
    const run = ["run", "--no-prompt", "--no-check", "--no-lock", `--config=${config}`];
    const may = ["--allow-read", "--allow-write=."]; // A path's comma would end it.
    const program = ["-c", `${shell}\nexec "$@"`, "sh", Deno.execPath(), ...run, ...may, main];
    return start(this.folder.url, "sh", [...program, ...args]);
  }

  /** Runs it so to its end, where it must exit with `code`: what it said. */
  run(code: number, args: string[], shell?: string): Promise<string> {
    return endedWith(code, this.start(args, shell));
  }

  /**
   * Runs it until there is a snapshot that is not of the time given, and a little longer; then ends it.
   *
   * @param code What it must exit with.
   * @param after Milliseconds that it goes on for.
   */
  async interrupt(
    args: string[],
    signal: "SIGINT" | "SIGKILL",
    { code, time = 0, after = 0, snapshot = this.snapshot }: {
      code: number;
      time?: number;
      after?: number;
      snapshot?: URL;
    },
  ): Promise<string> {
    const child = this.start(args);
    const end = endedWith(code, child);
    await Promise.race([savedAfter(time, snapshot), end]);
    await sleep(after);
    child.kill(signal);
    return await end;
  }

  /** Where a real run keeps its snapshot; of the first model, if there are several. */
  get snapshot(): URL {
    return this.snapshotOf(this.recipes[0].name);
  }

  /** Where a run of some kind keeps its snapshot. */
  snapshotOf(run: string): URL {
    return this.url(`.training/${run}/snapshot.safetensors`);
  }

  /** Puts a snapshot there. */
  async write(bytes: Uint8Array): Promise<void> {
    await Deno.mkdir(new URL("./", this.snapshot), { recursive: true });
    await Deno.writeFile(this.snapshot, bytes);
  }

  /** Every file, with its bytes as text. */
  async contents(): Promise<Record<string, string>> {
    const bytes = (await filesIn(this.folder.url, "")).map(async ({ path }) =>
      [path, (await Deno.readFile(this.url(path))).toHex()] as const
    );
    return Object.fromEntries(await Promise.all(bytes));
  }

  /** Adds a half to one weight of a trained model, which its card then vouches for. */
  async nudge(model: string): Promise<void> {
    const [card, file] = ["card.json", "model.safetensors"].map((name) =>
      this.url(`fixtures/models/${model}/${name}`)
    );
    const tensors = new Map(readSafetensors(await Deno.readFile(file)).tensors);
    tensors.get("wte.weight")!.data[0] += 0.5;
    const weights = writeSafetensors(tensors, { metadata: { format: "pt" } });
    const said = JSON.parse(await Deno.readTextFile(card));
    await Deno.writeFile(file, weights);
    const vouching = { ...said, weights_sha256: await sha256(weights) };
    await Deno.writeTextFile(card, JSON.stringify(vouching));
  }

  /** The bytes of the trained weights, of each model. */
  weights(): Promise<Uint8Array[]> {
    const file = ({ name }: Recipe) => this.url(`fixtures/models/${name}/model.safetensors`);
    return Promise.all(this.recipes.map((recipe) => Deno.readFile(file(recipe))));
  }
}

/** Waits until a process is over, which must exit with `code`: all that it printed. */
export async function endedWith(code: number, child: Deno.ChildProcess): Promise<string> {
  const { code: found, output } = await ended(child);
  assertEquals(found, code, output);
  return output;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function savedAfter(time: number, snapshot: URL): Promise<void> {
  for (;;) {
    const stat = await Deno.stat(snapshot).catch(() => undefined);
    if (stat?.mtime && stat.mtime.getTime() !== time) return;
    await sleep(1);
  }
}
