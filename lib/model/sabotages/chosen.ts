/** A head by its place. */
export type HeadPlace = readonly [layer: number, head: number];

/** What was chosen of the catalogue, and how strongly where that can be said. */
export interface Chosen {
  /** Its name in the catalogue. */
  readonly id: string;
  /** As usual unless told. */
  readonly strength?: number;
  /** Where it is done to one head: which one; the first unless told. */
  readonly head?: HeadPlace;
}

/** What a line stands for: "leaky-mlp", "leaky-mlp:0.5" or "one-head@1.3". */
export function readChosen(line: string): Chosen {
  const [, id, strength = "", layer, head] =
    /^([^:@]*)(?::([^@]*))?(?:@(\d{1,3})\.(\d{1,3}))?$/.exec(line) ?? [line, line];
  return {
    id,
    ...strength === "" || !Number.isFinite(Number(strength)) ? {} : { strength: Number(strength) },
    ...layer === undefined ? {} : { head: [Number(layer), Number(head)] as const },
  };
}

/** The line that {@linkcode readChosen} reads. */
export function writeChosen({ id, strength, head }: Chosen): string {
  const strongly = strength === undefined ? "" : `:${strength}`;
  return id + strongly + (head === undefined ? "" : `@${head.join(".")}`);
}
