/** For tests of sabotages: a small sound model, and what broken ones do with the same texts. */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import memoize from "memoize";
import type { Model } from "../../model/model.ts";
import type { Sabotage } from "../../model/sabotages/sabotage.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Activations } from "../run.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { runAll } from "./run_all.ts";
import "./give_back.ts";

export const SOUND: Model = smallModel();
export const TEXTS = [[1, 2, 3, 4, 5], [10, 0, 7, 7, 2]];

/** Every row and position of the texts. */
export const PLACES = TEXTS.flatMap((text, row) => text.map((_, p) => [row, p] as const));

/** The hook of that name in the first block. */
export const hook0 = (name: string) => `blocks.0.${name}`;

/** What a model does with the texts, at every hook. */
export const activations: (model: Model) => Promise<Activations> = memoize(
  (model: Model) => runAll(model, TEXTS),
  { cache: new WeakMap() },
);

/** The same of a model that is broken first. */
export function broken(sabotage: Sabotage, model: Model = SOUND): Promise<Activations> {
  return activations(sabotage.apply(model));
}

/**
 * Fails unless a sabotage makes of each position's sound vector at a hook of the first block what it
 * should, to the bit unless some rounding is allowed. Gives the broken activations.
 */
export async function assertMade(
  sabotage: Sabotage,
  name: string,
  expected: (own: Tensor, place: { row: number; p: number; sound: Tensor }) => Tensor,
  rounding = 0,
): Promise<Activations> {
  const [before, after] = [await activations(SOUND), await broken(sabotage)];
  const hook = name === "hook_embed" ? name : hook0(name);
  const sound = before.get(hook);
  for (const [row, p] of PLACES) {
    const [given, required] = [
      after.get(hook).get(row, p),
      expected(sound.get(row, p), { row, p, sound }),
    ];
    const what = `${sabotage.name}: ${hook}, row ${row}, position ${p}`;
    if (rounding === 0) assertSameBits(given, required, what);
    required.data.forEach((x, i) =>
      assertAlmostEquals(given.data[i], x, rounding, `${what}, ${i}`)
    );
  }
  return after;
}

/** The rows of a [batch, n_heads, query, key] hook, each with its query. */
export function patternRows(x: Tensor): { query: number; row: number[] }[] {
  const length = x.shape[3];
  return Array.from({ length: x.size / length }, (_, i) => {
    return { query: i % length, row: [...x.data.subarray(length * i, length * (i + 1))] };
  });
}

/** Fails unless a pattern gives weight where it should and nowhere else. */
export function assertSeen(pattern: Tensor, sees: (query: number, key: number) => boolean): void {
  for (const { query, row } of patternRows(pattern)) {
    assertEquals(
      row.map((weight) => weight > 0),
      row.map((_, key) => sees(query, key)),
      `${query}`,
    );
  }
}
