import { parseArgs } from "@std/cli/parse-args";

/** What `deno task train --help` prints. */
export const TRAIN_USAGE = `usage: deno task train NAME... | --all | --list   [options]

Trains models by their recipes, fixtures/models/NAME/recipe.ts, and writes each into its fixture.
At the end it says how far the result is from the card that was there before. A recipe with
several seeds makes a model of each: NAME/1 is one of them, NAME alone is all of them.

  --list          the recipes there are, and what their models reached
  --all           every one of them
  --check         train, but write nothing: is the result the fixture that is there, bit for bit?
                  Where it is not, say how far off it is
  --resume        go on from the last snapshot, where there is one; without it, from the beginning
  --save-every=N  keep a snapshot every N steps; 100 unless told
  --steps=N       a trial of N steps, which leaves the fixture alone
  --help          this text

Ctrl-C ends the step under way, saves it, says how to go on, and stops; a second one stops at once.
Exits with 0 when all is done and, with --check, the same; 1 when something failed or came out
different; 130 when it was stopped; 2 for a wrong call.`;

/** What the command was asked for: names are empty for all, steps are undefined without a trial. */
export type TrainOptions = ReturnType<typeof readTrainOptions>;

/**
 * Reads the command's arguments.
 *
 * @throws {RangeError} For an option that does not exist, a number that is none, or no model, or
 * a check of what a trial gives.
 */
export function readTrainOptions(args: readonly string[]) {
  const { _: given, all, list, help, check, resume, steps, "save-every": saveEvery, ...unknown } =
    parseArgs(
      [...args],
      { boolean: ["all", "list", "help", "check", "resume"], string: ["steps", "save-every"] },
    );
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  const names = [...new Set(given.map(String))];
  if (!list && !help && all === names.length > 0) {
    const got = all ? `--all and ${names.join(", ")}` : "neither";
    throw new RangeError(`Cannot train: names or --all are required, got ${got}: see --help`);
  }
  if (check && steps !== undefined) {
    throw new RangeError("Cannot check a trial: --check requires all steps, got --steps too");
  }
  return {
    names,
    list,
    help,
    check,
    resume,
    steps: count("--steps", steps),
    saveEvery: count("--save-every", saveEvery) ?? 100,
  };
}

function count(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new RangeError(`${option} must be a whole number from 1 to 999999999, got "${given}"`);
}
