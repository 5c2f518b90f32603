import type { ClaimSpec } from "./claim.ts";
import { plain } from "./evidence.ts";
import { explain } from "./explain.ts";
import type { Figure, ShownRun } from "./pictures/figure.ts";
import type { RunRecord } from "./record.ts";

/** The pictures of some runs. */
export interface Drawn {
  readonly figures: readonly Figure[];
  /** What keeps them from being drawn, if anything does. */
  readonly undrawn?: string;
}

/** A claim's pictures of its runs; none where it shows nothing, or nothing was measured. */
export function draw<M, E>({ show }: ClaimSpec<M, E>, runs: readonly RunRecord[]): Drawn {
  const shown = runs.filter((run) => run.verdict === "holds" || run.verdict === "fails");
  if (!show || shown.length === 0) return { figures: [] };
  try {
    const figures = [show(shown as unknown as ShownRun<E>[])].flat() as Figure[];
    plain(figures, "figures");
    return { figures };
  } catch (error) {
    return { figures: [], undrawn: explain(error) };
  }
}

/** The pictures of a control, and whom they are of where a model of the claim is named in them. */
export interface DrawnControl extends Partial<Drawn> {
  readonly standsIn?: string;
}

/**
 * The claim's own pictures of what a control gave: of its runs as they are where the claim shows
 * controls, or else as if they were those of the models that it is about; and where it shows only a
 * model that the control was not asked of, of one that was, in its place.
 */
export function drawControl<M, E>(
  spec: ClaimSpec<M, E>,
  runs: readonly RunRecord[],
  name: string,
): DrawnControl {
  const own = runs.filter((run) => run.control === name);
  const asTheyAre = draw(spec, own);
  if (asTheyAre.undrawn === undefined) return pictured(asTheyAre.figures, name);
  const asSubjects = own.map(({ control: _, ...run }) => ({ ...run, role: "subject" as const }));
  const { figures, undrawn } = draw(spec, asSubjects);
  if (undrawn === undefined) return pictured(figures, name);
  const shown = runs.filter(({ role, family }) => role === "subject" && family === undefined);
  for (const run of asSubjects) {
    for (const { model } of shown) {
      const { figures } = draw(spec, [{ ...run, model }]);
      if (figures.length > 0) return { ...pictured(figures, name), standsIn: run.model };
    }
  }
  return { undrawn };
}

function pictured(figures: readonly Figure[], name: string): DrawnControl {
  return figures.length === 0 ? {} : { figures: figures.map((figure) => named(figure, name)) };
}

/** A single series or panel would be called what it is of a sound model: it is called the control. */
export function named(figure: Figure, name: string): Figure {
  if ("rows" in figure) {
    const [{ series }] = figure.rows;
    const single = series !== undefined && figure.rows.every((row) => row.series === series);
    return single
      ? { ...figure, rows: figure.rows.map((row) => ({ ...row, series: name })) }
      : figure;
  }
  if (!("panels" in figure) || figure.panels.length > 1 || !figure.panels[0].name) return figure;
  return { ...figure, panels: [{ ...figure.panels[0], name }] } as Figure;
}
