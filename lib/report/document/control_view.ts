import type { Figure, RunRecord } from "../../claims/mod.ts";
import { type Draw, type Drawn, drawn } from "./drawn.ts";

/** One model, or all members of one family of random models. */
export interface Group {
  /** The model's or the family's name. */
  readonly name: string;
  /** Whether it is a family. */
  readonly family: boolean;
  /** Its runs, in the order of the record. */
  readonly runs: readonly RunRecord[];
  /** The runs' evidence, field by field. */
  readonly measured: ReadonlyMap<string, string>;
}

/** One control over everything it was run on. */
export interface ControlView {
  /** As the spec names it. */
  readonly name: string;
  /** What it changes; empty where unknown. */
  readonly description: string;
  /** What it was run on. */
  readonly groups: readonly Group[];
  /** What was measured there, in words. */
  readonly findings: readonly string[];
  /** The claim's own pictures of it. */
  readonly pictures: readonly ControlPicture[];
  /** The model they are of, where it takes the place of one that the pictures name. */
  readonly standsIn?: string;
  /** Whether the claim has pictures, and they show nothing of this. */
  readonly unseen: boolean;
}

/** A claim's picture of what a control gave. */
export interface ControlPicture extends Drawn {
  /** Unique in the document; the stem of the pictures' files. */
  readonly anchor: string;
  /** What it is of. */
  readonly title: string;
}

/** Draws what a control gave, on the scales of the claim's own picture where it fits in there. */
export function viewControlFigure(
  figure: Figure,
  { control, anchor, beside }: { control: string; anchor: string; beside?: Figure },
  draw: Draw,
): ControlPicture {
  const title = `As it looks broken: ${control}`;
  return { anchor, title, ...drawn("It", () => draw({ ...figure, title }, beside)) };
}
