import { releaseSessions } from "../../runtime/mod.ts";
import { finish, type ModelFiles } from "../../training/finish.ts";
import { train } from "../../training/loop.ts";
import { type AnyRecipe, learnerOf } from "../fixtures/any_recipe.ts";
import { fixtureDifferences } from "../fixtures/differences.ts";
import { cardIn, readFixture, writeFixture } from "../fixtures/folder.ts";
import type { Place } from "../place.ts";
import { SnapshotFolder } from "./snapshot_folder.ts";
import type { TrainOptions } from "./options.ts";
import { showTraining } from "./progress.ts";
import { trainSummary } from "./summary.ts";

/** Shows some lines. */
export function say({ screen }: Place, ...lines: string[]): void {
  for (const line of lines) screen.write(`${line}\n`);
}

/** How it went with a model: it was stopped before the end, or is not what was to be checked. */
export type Outcome = "done" | "stopped" | "different";

/** Trains one model, or goes on with it; then keeps it, or compares it with what is kept. */
export async function trainModel(
  planned: AnyRecipe,
  options: TrainOptions,
  place: Place,
  signal: AbortSignal,
): Promise<Outcome> {
  const committed = options.check ? await toCheck(planned, place) : undefined;
  const recipe = { ...planned, steps: options.steps ?? planned.steps };
  const snapshots = new SnapshotFolder(recipe, workFolder(recipe, options, place));
  const from = options.resume ? await snapshots.load() : undefined;
  say(place, `${recipe.name}: from ${from ? `step ${from.optimizer.step}` : "the beginning"}`);
  const learner = await learnerOf(recipe);
  const state = await train(recipe, learner, {
    from,
    onStep: showTraining(recipe, place.screen),
    save: (state) => snapshots.save(state),
    saveEvery: options.saveEvery,
    signal,
  }).finally(() => place.screen.terminal && say(place, "")); // leaves the line of progress
  const { step } = state.optimizer;
  if (step < recipe.steps) {
    const where = step === 0 ? "before the first step" : `at step ${step}`;
    say(place, `${recipe.name}: stopped ${where}`);
    return "stopped";
  }
  const { card, files } = await finish(recipe, learner, state).finally(releaseSessions);
  say(place, ...trainSummary(card, await cardIn(recipe, place.root)));
  const differences = committed ? fixtureDifferences(files, committed) : [];
  if (committed) sayDifferences(recipe, differences, place);
  else if (options.steps === undefined) await keep(recipe, files, place);
  await snapshots.remove();
  return differences.length === 0 ? "done" : "different";
}

/** Where a run keeps its snapshot: a trial or a check leaves that of a real run alone. */
function workFolder(
  { name }: AnyRecipe,
  { check, steps }: TrainOptions,
  { root }: Place,
): URL {
  const kind = check ? "-check" : steps === undefined ? "" : "-trial";
  return new URL(`.training/${name}${kind}/`, root);
}

/** What a fixture has, read before the training: an hour's should not end in "not there". */
async function toCheck(recipe: AnyRecipe, { root }: Place): Promise<ModelFiles> {
  try {
    return await readFixture(recipe, root);
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(`Cannot check fixtures/models/${recipe.name}: ${message}`, { cause });
  }
}

/** Says whether a model is the committed one, or how far off it is. */
function sayDifferences({ name }: AnyRecipe, lines: readonly string[], place: Place): void {
  const how = lines.length === 0 ? "the same, bit for bit" : "different";
  say(place, `  fixtures/models/${name} is ${how}`, ...lines.map((line) => `    ${line}`));
}

/** Puts a finished model into its fixture. */
async function keep(recipe: AnyRecipe, files: ModelFiles, place: Place): Promise<void> {
  await writeFixture(recipe, place.root, files);
  say(place, `  written to fixtures/models/${recipe.name}`);
}
