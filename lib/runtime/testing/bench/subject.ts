/** What benches have in common: whom they ask, on what, and how they take the time. */
import process from "node:process";
import { encode } from "../../../onnx/mod.ts";
import {
  buildGraph,
  type Config,
  gpt2Small,
  hooksOf,
  makeConfig,
  makeModel,
  type Model,
  parameterShapes,
} from "../../../model/mod.ts";
import { sizeOf, Tensor } from "../../../tensor/mod.ts";
import { backend } from "../../backend.ts";
import { startNative } from "../../mod.ts";
import { type Feed, toOrt } from "../../session.ts";

const [runtime, threads = 1] = [Deno.args[0], Number(Deno.args[1] ?? 1)];

/** Starts what the command line names: `web`, or `native` and a number of threads. */
export async function startRuntimeAsked(): Promise<void> {
  if (runtime === "native") await startNative({ threads });
  else await import("../start.ts");
}

/** A model of GPT-2 small's sizes, or of fewer layers; its weights cost no time to make. */
export function subject(n_layers: number = gpt2Small.n_layers): Model {
  const config = makeConfig({ ...gpt2Small, n_layers });
  return makeModel("subject", config, quickWeights(config));
}

/** Evenly spread numbers of the size that GPT-2's are. What they are costs a product nothing. */
function quickWeights(config: Config): Model["weights"] {
  let state = 1;
  const next = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0) / 2 ** 31;
  const weights = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    const data = new Float32Array(sizeOf(shape));
    for (let i = 0; i < data.length; i++) data[i] = next() * 0.04;
    return [name, new Tensor(data, shape)];
  });
  return Object.fromEntries(weights);
}

export function tokensOf(length: number): number[][] {
  return [Array.from({ length }, (_, i) => i * 7919 % gpt2Small.d_vocab)];
}

export const hookNames = ({ config }: Model): string[] => hooksOf(config).map(({ name }) => name);

/** The model's graph, whole and with its weights in it, as the runtime takes any other. */
export function plainFile(
  model: Model,
  outputs: readonly string[] = ["logits"],
  intervene: readonly string[] = [],
): Uint8Array {
  return encode(buildGraph(model, { intervene }), outputs);
}

/** A graph run without anything of this library in between: on tokens, asked for some outputs. */
export type Plain = (
  tokens: number[][],
  fetch?: readonly string[],
  others?: Readonly<Record<string, Feed>>,
) => Promise<unknown>;

/** Opens a graph so, with the options that the runtime comes with. */
export async function plain(model: Uint8Array, on: number = threads): Promise<Plain> {
  const { InferenceSession, Tensor } = backend();
  const options = { intraOpNumThreads: on, interOpNumThreads: 1 };
  const session = await InferenceSession.create(model, options);
  return (tokens, fetch = ["logits"], others = {}) => {
    const fed = { integers: tokens.flat(), shape: [tokens.length, tokens[0].length] };
    const feeds = Object.entries({ tokens: fed, ...others })
      .map(([name, feed]) => [name, toOrt(feed, Tensor)]);
    return session.run(Object.fromEntries(feeds), [...fetch]);
  };
}

/** Seconds of the processor where there is one thread: others who use it count less then. */
function now(): number {
  if (threads > 1) return performance.now() / 1000;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The fewest seconds that each way took, all of them in turn, so often. */
export async function fewest<Way extends string>(
  times: number,
  ways: Readonly<Record<Way, () => Promise<unknown>>>,
): Promise<Record<Way, number>> {
  const least = {} as Record<Way, number>;
  for (let time = 0; time < times; time++) {
    for (const way of Object.keys(ways) as Way[]) {
      const start = now();
      await ways[way]();
      least[way] = Math.min(least[way] ?? Infinity, now() - start);
    }
  }
  return least;
}

/** The fewest seconds that each way takes with texts of 32, 128 and 512 tokens. */
export async function reportByLength(
  ways: (tokens: number[][]) => Readonly<Record<string, () => Promise<unknown>>>,
): Promise<void> {
  for (const length of [32, 128, 512]) {
    report({ length, ...await fewest(4, ways(tokensOf(length))) });
  }
}

/** The most memory that this process has held, in bytes. Linux alone says so. */
export function peak(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/VmHWM:\s*(\d+) kB/.exec(status)![1]) * 1024;
}

/** What the command reads. */
export function report(measured: Readonly<Record<string, number>>): void {
  console.log(JSON.stringify(measured));
}
