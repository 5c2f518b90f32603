import { type CheckpointFiles, type Config, parameterCount } from "../../model/mod.ts";
import { familyOf } from "../../model/checkpoint/families.ts";
import { readJsonFile } from "../../model/checkpoint/files.ts";

/** What reading a model and asking it will take. */
export interface Estimate {
  readonly parameters: number;
  /** At most, in bytes: the weights, their copies in sessions, and activations. */
  readonly memory: number;
  /** Roughly, in seconds on one core. */
  readonly seconds: number;
}

/** A graph with its weights is one message, which cannot be larger. */
const LARGEST_GRAPH = 2 ** 31;

/** At GPT-2 small's size 3.2 GB were seen at most, six and a half times its weights. */
const COPIES = 6.5;
const RUNTIME = 300e6;

/** What WebAssembly can address. */
const HEAP = 2 ** 32;

/** Of a small model, and for each parameter: GPT-2 small takes 1.35 s for 128 tokens, some 1,500 times. */
const [SECONDS, SECONDS_EACH] = [20, 1.6e-5];

/**
 * What a checkpoint will take, by its config alone: no weight is read.
 *
 * @throws {ModelFileError} If the config is not one that can be run.
 */
export async function estimateOf(files: CheckpointFiles): Promise<Estimate> {
  const json = await readJsonFile(files, "config.json");
  return estimate(familyOf(json).readConfig(json));
}

/** The same of a config. */
export function estimate(config: Config): Estimate {
  const parameters = parameterCount(config).total;
  return {
    parameters,
    memory: RUNTIME + 4 * parameters * COPIES,
    seconds: SECONDS + parameters * SECONDS_EACH,
  };
}

/** Why a model cannot be asked here; nothing where it can. */
export function tooLarge({ parameters, memory }: Estimate): string | undefined {
  const has = `it has ${millions(parameters)} parameters`;
  if (4 * parameters > LARGEST_GRAPH) {
    return `${has}: in 32 bits they are ${gigabytes(4 * parameters)}, and ${
      gigabytes(LARGEST_GRAPH)
    } is the most that one graph can hold`;
  }
  if (memory <= HEAP) return undefined;
  return `${has} and may need ${gigabytes(memory)}; the runtime's memory ends at ${
    gigabytes(HEAP)
  }`;
}

/** "124.4 million". */
export function millions(count: number): string {
  return count < 1e5 ? String(count) : `${(count / 1e6).toFixed(1)} million`;
}

/** "3.2 GB". */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
