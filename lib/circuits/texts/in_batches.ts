import type { Config } from "../../model/mod.ts";
import type { Tokens } from "../../runtime/mod.ts";

/** Tokens in a batch: about what saves the runtime work, at little memory. */
const TOKENS = 480;

/**
 * Texts of one length in batches of some hundred tokens, or a text at a time where they are longer.
 * What a run of them all would give comes out of several as well, and the runtime's memory need not
 * grow for the largest batch, which takes it longer than to run it.
 */
export function inBatches(rows: Tokens): number[][][] {
  const size = Math.max(1, Math.floor(TOKENS / Math.max(1, rows[0]?.length ?? 0)));
  return Array.from(
    { length: Math.ceil(rows.length / size) },
    (_, i) => rows.slice(i * size, (i + 1) * size).map((row) => [...row]),
  );
}

/** Logits of one run: 256 MB. Beside a large model there is not much more room. */
const LOGITS = 2 ** 26;

/**
 * Things in groups that are run at once, in their order: as many as their texts leave room for, and
 * one at least. A small model runs them all in one group.
 *
 * @param length Of the texts, in tokens.
 * @param textsOf How many texts a thing takes.
 */
export function inGroups<T>(
  things: readonly T[],
  { d_vocab }: Pick<Config, "d_vocab">,
  length: number,
  textsOf: (thing: T) => number = () => 1,
): T[][] {
  const groups: T[][] = [];
  let room = 0;
  for (const thing of things) {
    const size = textsOf(thing) * length * d_vocab;
    if (groups.length === 0 || size > room) {
      groups.push([]);
      room = LOGITS;
    }
    groups.at(-1)!.push(thing);
    room -= size;
  }
  return groups;
}
