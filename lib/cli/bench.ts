/**
 * `deno task bench`: what running a model costs here, as ratios of two ways in one process, printed
 * as the table that the README has.
 *
 * What is timed runs in processes of its own, each with one runtime. The task has every right: what
 * Linux knows of a process, its memory and its time, Deno lets nobody else read.
 */
import { parseArgs } from "@std/cli/parse-args";
import { here, type Place } from "./place.ts";

const USAGE = `usage: deno task bench [ROW ...]

Times a model of GPT-2 small's sizes on both runtimes, and prints a table of ratios: some ten minutes
on two cores, with 6 GB of memory. onnxruntime-node is fetched for it, 290 MB.

  ROW       these alone: passes, sweeps, memory, layers, first, spec
  --help    this text`;

const BENCH = "lib/runtime/testing/bench";
const WAYS = [["web"], ["native", "1"], ["native", "2"]] as const;
type Way = readonly string[];
type Measured = Readonly<Record<string, number>>;

/** A line of the table: what was compared, where, the ratio, and what it should be at most. */
export type Row = readonly [what: string, where: string, ratio: string, goal: string];

/** What each bench makes of what was measured. */
const ROWS: Record<string, (place: Place) => AsyncGenerator<Row>> = {
  async *passes(place) {
    for (const way of WAYS) {
      for (const { length, plain, ours, hooks } of await measured(place, "passes", way)) {
        yield [`${length} tokens: ours to the plain graph`, called(way), ratio(ours, plain), "1.1"];
        yield [`${length} tokens: all hooks kept to none`, called(way), ratio(hooks, ours), "1.15"];
      }
    }
  },
  async *sweeps(place) {
    for (const way of WAYS.slice(0, 2)) {
      const [{ swept, passes, peak }] = await measured(place, "sweeps", way);
      yield ["144 heads ablated: sweep to 144 runs", called(way), ratio(swept, passes), "0.6"];
      yield ["the sweep's memory, GB", called(way), ratio(peak, 1e9), "4"];
    }
  },
  async *memory(place) {
    for (const way of WAYS.slice(0, 2)) {
      const [{ peak, needed }] = await measured(place, "memory", way);
      const what = "512 tokens, all hooks: memory to weights and what is kept";
      yield [what, called(way), ratio(peak, needed), "3"];
    }
  },
  async *layers(place) {
    for (const way of WAYS.slice(0, 2)) {
      const [{ 2: two, 4: four, 8: eight, 12: twelve }] = await measured(place, "layers", way);
      const line = (layers: number) => two + (twelve - two) * (layers - 2) / 10;
      yield ["4 layers to the line through 2 and 12", called(way), ratio(four, line(4)), "1.1"];
      yield ["8 layers to the line through 2 and 12", called(way), ratio(eight, line(8)), "1.1"];
    }
  },
  async *first(place) {
    const folder = await Deno.makeTempDir();
    try {
      await started(place, "files", [folder]);
      for (const way of WAYS.slice(0, 2)) {
        const [threads, least] = [way[1] ?? "1", { ours: Infinity, plain: Infinity }];
        for (const which of ["ours", "plain", "ours", "plain"] as const) {
          const path = which === "ours" ? folder : `${folder}/plain.onnx`;
          const before = await secondsOfChildren();
          await started(place, "first", [way[0], threads, which, path]);
          least[which] = Math.min(least[which], await secondsOfChildren() - before);
        }
        const what = "command to first logits: ours from a folder to the plain graph from a file";
        yield [what, called(way), ratio(least.ours, least.plain), "1.5"];
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
  async *spec(place) {
    const files = [...Deno.readDirSync(new URL("spec/", place.root))].map(({ name }) => name);
    for (const file of files.filter((name) => name.endsWith("_test.ts")).sort()) {
      const before = await secondsOfChildren();
      await deno(place, ["test", "--no-check", `spec/${file}`]);
      yield [file, "seconds", ratio(await secondsOfChildren() - before, 1), ""];
    }
  },
};

/** The command: what it exits with. */
export async function benchCommand(args: readonly string[], place: Place): Promise<number> {
  const { _: names, help, ...unknown } = parseArgs([...args], { boolean: ["help"], string: ["_"] });
  const wrong = [...Object.keys(unknown), ...names.filter((name) => !Object.hasOwn(ROWS, name))];
  if (wrong.length > 0) place.complain(`There is no row or option "${wrong[0]}": see --help`);
  if (help) place.screen.write(`${USAGE}\n`);
  if (help || wrong.length > 0) return wrong.length > 0 ? 2 : 0;
  place.screen.write(`${await machine()}\n\n`);
  place.screen.write(line(["what", "where", "ratio", "at most"]) + line(Array(4).fill("---")));
  for (const name of names.length > 0 ? names : Object.keys(ROWS)) {
    for await (const row of ROWS[name](place)) place.screen.write(line(row));
  }
  return 0;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

const called = ([runtime, threads]: Way) =>
  runtime === "web"
    ? "onnxruntime-web"
    : `onnxruntime-node, ${threads} thread${threads === "1" ? "" : "s"}`;

const ratio = (a: number, b: number) => (a / b).toPrecision(2);

async function measured(place: Place, bench: string, way: Way): Promise<Measured[]> {
  const printed = await started(place, bench, way);
  return printed.trim().split("\n").map((line) => JSON.parse(line));
}

function started(place: Place, bench: string, args: Way): Promise<string> {
  const run = ["run", "--no-check", "--no-lock", "--allow-all"];
  return deno(place, [...run, `${BENCH}/${bench}.ts`, ...args]);
}

async function deno({ root }: Place, args: string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: root, env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`Cannot measure ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
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
