/** For tests of sabotages: a small sound model, and what broken ones do with the same texts. */
import { assertEquals } from "@std/assert";
import memoize from "memoize";
import type { Model } from "../../model/model.ts";
import type { Sabotage } from "../../model/sabotages/sabotage.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Activations } from "../run.ts";
import { runAll } from "./run_all.ts";
import "./runtime.ts";

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
