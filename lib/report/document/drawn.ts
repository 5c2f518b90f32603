import type { Figure, Lit } from "../../claims/mod.ts";

/** A figure as SVG; on a narrow screen, what does not fit side by side stands below. */
export interface Charts extends Readonly<Record<"wide" | "narrow", string>> {
  /** Beside another figure: whether it is on the same scales; absent where it has none. */
  readonly alike?: boolean;
}

/** A transformer, with the parts lit in which an answer lies. */
export interface Schematic {
  readonly kind: "schematic";
  readonly lit: readonly Lit[];
  /** Whether it has no MLPs. */
  readonly attn_only?: boolean;
}

/** Draws a figure, beside another on its scales if they fit, or throws what keeps it from that. */
export type Draw = (figure: Figure | Schematic, beside?: Figure) => Charts;

/** The charts of something, or why it could not be drawn. */
export interface Drawn {
  readonly charts?: Charts;
  readonly problem?: string;
}

/** What is drawn, or why it cannot be. */
export function drawn(what: string, draw: () => Charts): Drawn {
  try {
    return { charts: draw() };
  } catch (error) {
    return { problem: `${what} cannot be drawn: ${(error as Error).message}` };
  }
}
