/**
 * `deno task bench`: what running a model costs here, as ratios of two ways in one process, of
 * which the README has a table.
 *
 * What is timed runs in processes of its own, each with one runtime. The task has every right: what
 * Linux knows of a process, its memory and its time, Deno lets nobody else read.
 */
import { parseArgs } from "@std/cli/parse-args";
import { here, type Place } from "./place.ts";

const USAGE = `usage: deno task bench [--only=BENCH,...] [--on=RUNTIME,...]

Times a model of GPT-2 small's sizes, and prints a line for each ratio of two ways, as it is known.
All of it takes some twenty minutes on two cores that nothing else uses, and 8 GB of memory.
onnxruntime-node is fetched for it, 290 MB.

  --only=BENCH,...   passes   32, 128 and 512 tokens: ours to the plain graph, all hooks to none
                     hooks    the same with all hooks: ours to the plain graph's
                     sweeps   144 ablated heads: a sweep to a run for each, and its memory
                     memory   the most memory of 512 tokens with all hooks
                     layers   whether time grows as the number of layers
                     first    from the command to the first logits
                     threads  the plain graph on two threads to one
                     spec     seconds of the processor for each question
  --on=RUNTIME,...   web, native (on one thread) or native-2
  --help             this text`;

const BENCH = "lib/runtime/testing/bench";

/** What a bench is run on: the arguments that its process takes, by what the command calls it. */
const WAYS = {
  "web": { called: "onnxruntime-web", args: ["web"] },
  "native": { called: "onnxruntime-node, 1 thread", args: ["native", "1"] },
  "native-2": { called: "onnxruntime-node, 2 threads", args: ["native", "2"] },
} as const;
type WayName = keyof typeof WAYS;
type Measured = Readonly<Record<string, number>>;

/** A line of the table: what was compared, the ratio, and what it should be at most. */
type Row = readonly [what: string, ratio: string, goal?: string];

/** What is measured, on what, and the lines that come of it. */
interface Bench {
  readonly on: readonly WayName[];
  rows(place: Place, way: readonly string[]): AsyncGenerator<Row>;
}

const BENCHES: Readonly<Record<string, Bench>> = {
  passes: {
    on: ["web", "native", "native-2"],
    async *rows(place, way) {
      for (const { length, plain, ours, hooks } of await measured(place, "passes", way)) {
        yield [`${length} tokens: ours to plain`, ratio(ours, plain), "1.1"];
        yield [`${length} tokens: all hooks kept to none`, ratio(hooks, ours), "1.15"];
      }
    },
  },
  hooks: {
    on: ["web", "native"],
    async *rows(place, way) {
      for (const { length, none, plain, ours } of await measured(place, "hooks", way)) {
        yield [`${length} tokens, all hooks: ours to plain with them`, ratio(ours, plain), "1.1"];
        yield [`${length} tokens: plain, all hooks kept to none`, ratio(plain, none)];
      }
    },
  },
  sweeps: {
    on: ["web", "native"],
    async *rows(place, way) {
      const [{ swept, passes, plainly, peak }] = await measured(place, "sweeps", way);
      yield ["144 heads ablated: `sweep` to 144 runs", ratio(swept, passes), "0.6"];
      yield ["144 heads ablated: `sweep` to 144 plain runs", ratio(swept, plainly), "0.6"];
      yield ["memory of that sweep, GB", ratio(peak, 1e9), "4"];
    },
  },
  memory: {
    on: ["web", "native"],
    async *rows(place, way) {
      const [{ peak, needed }] = await measured(place, "memory", way);
      const what = "512 tokens, all hooks: memory to weights and what is kept";
      yield [what, ratio(peak, needed), "3"];
    },
  },
  layers: {
    on: ["web", "native"],
    async *rows(place, way) {
      const [{ 2: two, 4: four, 8: eight, 12: twelve }] = await measured(place, "layers", way);
      const line = (layers: number) => two + (twelve - two) * (layers - 2) / 10;
      yield ["4 layers to the line through 2 and 12", ratio(four, line(4)), "1.1"];
      yield ["8 layers to the line through 2 and 12", ratio(eight, line(8)), "1.1"];
    },
  },
  first: {
    on: ["web", "native"],
    async *rows(place, way) {
      const { ours, plain } = await firstLogits(place, way);
      yield ["command to first logits: ours to plain", ratio(ours, plain), "1.5"];
    },
  },
  threads: {
    on: ["native-2"],
    async *rows(place, way) {
      for (const { length, one, two } of await measured(place, "threads", way)) {
        yield [`${length} tokens: plain, to one thread`, ratio(two, one)];
      }
    },
  },
  spec: {
    on: ["web"],
    async *rows(place) {
      const files = [...Deno.readDirSync(new URL("spec/", place.root))].map(({ name }) => name);
      for (const file of files.filter((name) => name.endsWith("_test.ts")).sort()) {
        const test = () => deno(place, ["test", "--no-check", `spec/${file}`]);
        yield [`${file}: seconds`, ratio(await secondsOf(test), 1)];
      }
    },
  },
};

/** Seconds from files to logits: ours from a Hugging Face folder, plain from an ONNX file. */
async function firstLogits(place: Place, [runtime, threads = "1"]: readonly string[]) {
  const folder = await Deno.makeTempDir();
  const paths = { ours: folder, plain: `${folder}/plain.onnx` };
  const least = { ours: Infinity, plain: Infinity };
  try {
    await started(place, "files", [folder]);
    for (const which of ["ours", "plain", "ours", "plain", "ours", "plain"] as const) {
      const args = [runtime, threads, which, paths[which]];
      const seconds = await secondsOf(() => started(place, "first", args));
      least[which] = Math.min(least[which], seconds);
    }
    return least;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The command: what it exits with. */
export async function benchCommand(args: readonly string[], place: Place): Promise<number> {
  const { _, help, only, on, ...unknown } = parseArgs([...args], {
    boolean: ["help"],
    string: ["_", "only", "on"],
  });
  const [benches, ways] = [asked(only, BENCHES), asked(on, WAYS)];
  const wrong = [..._, ...Object.keys(unknown), ...benches.wrong, ...ways.wrong];
  if (wrong.length > 0) place.complain(`There is no bench or option "${wrong[0]}": see --help`);
  if (help) place.screen.write(`${USAGE}\n`);
  if (help || wrong.length > 0) return wrong.length > 0 ? 2 : 0;
  place.screen.write(`${await machine()}\n\n`);
  place.screen.write(line(["what", "where", "ratio", "at most"]) + line(Array(4).fill("---")));
  for (const { on, rows } of benches.names.map((name) => BENCHES[name])) {
    for (
      const { called, args } of on.filter((way) => ways.names.includes(way)).map((x) => WAYS[x])
    ) {
      for await (const [what, ratio, goal = ""] of rows(place, args)) {
        place.screen.write(line([what, called, ratio, goal]));
      }
    }
  }
  return 0;
}

/** What a list names among some, all of them where there is no list, and what is not among them. */
function asked(list: string | undefined, among: object): { names: string[]; wrong: string[] } {
  const names = list?.split(",") ?? Object.keys(among);
  return { names, wrong: names.filter((name) => !Object.hasOwn(among, name)) };
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

const ratio = (a: number, b: number) => (a / b).toPrecision(2);

async function measured(place: Place, bench: string, way: readonly string[]): Promise<Measured[]> {
  const printed = await started(place, bench, way);
  return printed.trim().split("\n").map((line) => JSON.parse(line));
}

function started(place: Place, bench: string, args: readonly string[]): Promise<string> {
  const run = ["run", "--no-check", "--no-lock", "--allow-all"];
  return deno(place, [...run, `${BENCH}/${bench}.ts`, ...args]);
}

async function deno({ root }: Place, args: string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: root, env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`Cannot measure ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}

/** Seconds of the processor that a process takes which is started and awaited there. */
async function secondsOf(call: () => Promise<unknown>): Promise<number> {
  const before = await secondsOfChildren();
  await call();
  return await secondsOfChildren() - before;
}

/** The processor's seconds of all children that have ended. Linux alone says so. */
async function secondsOfChildren(): Promise<number> {
  const fields = (await Deno.readTextFile("/proc/self/stat")).replace(/^.*\) /, "").split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

async function machine(): Promise<string> {
  const cpu = /model name\s*: (.*)/.exec(await Deno.readTextFile("/proc/cpuinfo"))?.[1];
  return `${cpu}, ${navigator.hardwareConcurrency} cores`;
}

if (import.meta.main) Deno.exitCode = await benchCommand(Deno.args, here());
