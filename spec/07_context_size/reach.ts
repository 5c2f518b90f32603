/** How far back a model's last prediction reaches in a text of several windows. */
import type { Model } from "../../mod.ts";
import { max, mean } from "../../lib/tensor/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import { stretched } from "../../fixtures/mod.ts";
import { estimate, inText, inWindows, less, longRows } from "./losses.ts";

/** How far back edits are made, in tokens: close by, and one window back and more. */
const NEAR = [1, 4];
const FAR = [1, 2, 3].map((windows) => windows * stretched.WINDOW);

/** By how much an edit moves the last prediction, and what is gained by more than a window of text. */
export async function reachBack(model: Model) {
  const distances = [...NEAR, ...FAR];
  const rows = (await longRows()).slice(0, 2).map((row) => row.slice(0, FAR.at(-1)! + 1));
  const moved = await probes.effectByDistance(model, rows, distances);
  const gained = less(await inWindows(model), await inText(model)).map((row) => mean(row.slice(1)));
  const { mean: gain, error } = estimate(gained);
  return {
    distances,
    moved,
    near: mean(moved.slice(0, NEAR.length)),
    far: max(moved.slice(NEAR.length)),
    gain,
    error,
  };
}
