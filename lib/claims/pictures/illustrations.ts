import { nameOf, type Shown, shownOf } from "./channels.ts";
import { checked } from "./checked.ts";
import type { Arcs, Fan, Figure, Product, Sentence, ShownRun, Vectors } from "./figure.ts";
import type { Show } from "./plots.ts";

/** What an illustration takes: what it says of itself, and what it draws of a run. */
export type Illustration<E, F extends Figure & { panels: unknown }> =
  & Omit<F, "kind" | "panels">
  & {
    /** Which runs are shown, a panel each; the subjects' unless told. */
    readonly on?: Shown<E>;
    /** What a panel shows; several make a panel each. It is named after its run unless told. */
    readonly of: (run: ShownRun<E>) => OneOrMore<F["panels"]>;
  };

/** One panel, or several. */
export type OneOrMore<Panels> = Panels extends readonly (infer Panel)[] ? Panel | readonly Panel[]
  : never;

/** A text, token by token, with what stands under each. */
export function sentence<E>(input: Illustration<NoInfer<E>, Sentence>): Show<E> {
  return illustrated("sentence", input);
}

/** Arrows over a text. */
export function arcs<E>(input: Illustration<NoInfer<E>, Arcs>): Show<E> {
  return illustrated("arcs", input);
}

/** Arrows in a plane. */
export function vectors<E>(input: Illustration<NoInfer<E>, Vectors>): Show<E> {
  return illustrated("vectors", input);
}

/** Paths from a token to a prediction. */
export function fan<E>(input: Illustration<NoInfer<E>, Fan>): Show<E> {
  return illustrated("fan", input);
}

/** Two matrices and their product, from one run. */
export function product<E>(
  { on, of, ...rest }: Omit<Product, "kind" | "matrices"> & {
    readonly on?: Shown<NoInfer<E>>;
    readonly of: (run: ShownRun<NoInfer<E>>) => Product["matrices"];
  },
): Show<E> {
  return (runs) =>
    shownOf(runs, on).map((run) => checked({ kind: "product", matrices: of(run), ...rest }));
}

function illustrated<E, F extends Figure & { panels: readonly object[] }>(
  kind: F["kind"],
  { on, of, ...rest }: Illustration<E, F>,
): Show<E> {
  return (runs) => {
    const shown = shownOf(runs, on);
    const panels = shown.flatMap((run) => {
      const name = shown.length > 1 ? { name: nameOf(run) } : {};
      return [of(run)].flat().map((panel) => ({ ...name, ...panel as object }));
    });
    return checked({ kind, panels, ...rest } as unknown as F);
  };
}
