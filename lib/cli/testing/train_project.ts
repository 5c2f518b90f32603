/** For tests: a project that has one recipe, and `deno task train` for it. */
import { fileURLToPath } from "node:url";
import { trainCommand } from "../train.ts";

const ROOT = new URL("../../../", import.meta.url);

/** A folder that has a recipe, and the command for it. */
export class TrainProject implements AsyncDisposable {
  /** @param steps What the tiny recipe is changed to. */
  static async make(steps: number): Promise<TrainProject> {
    const path = await Deno.makeTempDir({ prefix: "train " }); // a blank: URLs are not paths
    const project = new TrainProject(new URL(`file://${path}/`));
    await Deno.mkdir(new URL("fixtures/tiny/", project.root), { recursive: true });
    const tiny = new URL("lib/training/testing/tiny_recipe.ts", ROOT);
    await Deno.writeTextFile(
      new URL("fixtures/tiny/recipe.ts", project.root),
      `import { tinyRecipe } from "${tiny}";\nexport default tinyRecipe({ steps: ${steps} });\n`,
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

  private constructor(readonly root: URL) {}

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

  /** Where a real run keeps its checkpoint. */
  get checkpoint(): URL {
    return new URL(".training/tiny/checkpoint.safetensors", this.root);
  }

  /** Puts a checkpoint there. */
  async write(bytes: Uint8Array): Promise<void> {
    await Deno.mkdir(new URL("./", this.checkpoint), { recursive: true });
    await Deno.writeFile(this.checkpoint, bytes);
  }

  /** The names in a folder of the project. */
  async filesIn(folder: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of Deno.readDir(new URL(folder, this.root))) names.push(name);
    return names.sort();
  }

  /** Waits until there is a checkpoint that is not the one of the time given. */
  async savedAfter(time = 0): Promise<void> {
    for (;;) {
      const stat = await Deno.stat(this.checkpoint).catch(() => undefined);
      if (stat?.mtime && stat.mtime.getTime() !== time) return;
      await sleep(1);
    }
  }

  /** The bytes of the trained weights. */
  model(): Promise<Uint8Array> {
    return Deno.readFile(new URL("fixtures/tiny/model.safetensors", this.root));
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
