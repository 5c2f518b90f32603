import { parseArgs } from "@std/cli/parse-args";
import { catalogue } from "../../model/sabotages/catalogue.ts";

/** What the command says of itself. */
export const SABOTAGE_USAGE = `usage: deno task sabotage [--shard=I/N] [--only=NAMES] [--all]
       deno task sabotage --merge A.json B.json ...

Asks every claim of the spec on models broken by every sabotage of the catalogue, and says who
notices what: report/sabotage.json, the same as mutation.json for viewers of mutation testing
(mutation-testing-elements), sabotage.html to look at, sabotage.svg. Exits with an error where
something is unexplained.

  --shard=I/N   only the Ith of N parts of the catalogue, which --merge joins
  --only=NAMES  only these sabotages, with commas between them
  --all         claims that take long are asked of all sabotages, too, and not only of those they name
  --workers=N   how many ask at once (2)
  --merge       runs nothing, and joins the sabotage.json of several machines
  --help        this text`;

/** What was asked for. */
export interface SabotageOptions {
  readonly help: boolean;
  readonly all: boolean;
  readonly workers: number;
  /** Sabotages by name. */
  readonly sabotages: readonly string[];
  /** Files to be joined, where nothing is to be run. */
  readonly merge?: readonly string[];
}

/**
 * Reads the arguments.
 *
 * @throws {RangeError} With what is wrong.
 */
export function readSabotageOptions(args: readonly string[]): SabotageOptions {
  const { _, help, all, merge, shard, only, workers = "2", ...unknown } = parseArgs([...args], {
    boolean: ["help", "all", "merge"],
    string: ["shard", "only", "workers"],
  });
  const files = _.map(String);
  const [strange] = [...Object.keys(unknown), ...merge ? [] : files];
  if (strange !== undefined) throw new RangeError(`There is no option "${strange}": see --help`);
  if (merge && files.length === 0) throw new RangeError("Bad --merge: files are required");
  if (!/^[1-9]$/.test(workers)) {
    throw new RangeError(`Bad --workers: a number from 1 to 9 is required, got "${workers}"`);
  }
  const chosen = only === undefined ? catalogue.map(({ id }) => id) : named(only);
  return {
    ...{ help, all, workers: Number(workers) },
    sabotages: shard === undefined ? chosen : partOf(chosen, shard),
    ...merge && { merge: files },
  };
}

function named(only: string): string[] {
  const ids = only.split(",");
  const unknown = ids.find((id) => !catalogue.some((choice) => choice.id === id));
  if (unknown !== undefined) throw new RangeError(`There is no sabotage "${unknown}"`);
  return catalogue.map(({ id }) => id).filter((id) => ids.includes(id));
}

/** Every Nth: neighbours in the catalogue take alike long. */
function partOf(ids: readonly string[], shard: string): string[] {
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number);
  if (part >= 1 && part <= parts) return ids.filter((_, i) => i % parts === part - 1);
  throw new RangeError(`Bad --shard: I/N with I from 1 to N is required, got "${shard}"`);
}
