/** What an axis, a colour or a thickness shows. */
export interface Axis {
  /** What is shown, in a word or two. */
  readonly label: string;
  /** Such as "nats" or "tokens". */
  readonly unit?: string;
}

/** A run as pictures see it: only those that measured something, subjects first. */
export interface ShownRun<E> {
  /** The model's name; a sabotage appears in `control`, not here. */
  readonly model: string;
  /** Where the model comes from, such as "trained" or "random". */
  readonly origin: string;
  /** The family that the model was drawn from. */
  readonly family?: string;
  /** Whether the claim is about this run, or must be told apart from it. */
  readonly role: "subject" | "control";
  /** The control's name, where it is a control's run. */
  readonly control?: string;
  /** What was measured. */
  readonly evidence: E;
}

/** What every picture has. */
export interface Titled {
  /** In a few words. */
  readonly title: string;
  /** What to see in it. */
  readonly caption: string;
}

/** One mark of a chart. */
export interface Row {
  /** Position along x; a string is a category. */
  readonly x: number | string;
  /** Position along y; a string is a category. */
  readonly y: number | string;
  /** Which line, group of bars or colour of dots it belongs to; which panel of a heatmap. */
  readonly series?: string;
  /** The colour of a heatmap's cell. */
  readonly value?: number;
}

/** Marks between two axes: each row is a point of a line, a bar, a dot or a cell. */
export interface Chart extends Titled {
  /** How the rows are drawn. */
  readonly kind: "lines" | "bars" | "dots" | "heatmap";
  /** The horizontal axis. */
  readonly x: Axis;
  /** The vertical axis. */
  readonly y: Axis;
  /** What the colour of a heatmap's cells means. */
  readonly value?: Axis;
  /** The data: one mark each. */
  readonly rows: readonly Row[];
  /** Horizontal lines to compare with, such as chance. */
  readonly reference?: readonly { readonly y: number; readonly label: string }[];
  /** Whether the y axis (a heatmap: the colour) is logarithmic; an exact zero has a place beside it. */
  readonly log?: boolean;
}

/** A text, token by token: what stands under each, such as the model's best guess, and its shade. */
export interface Sentence extends Titled {
  /** How it is drawn. */
  readonly kind: "sentence";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    readonly tokens: readonly string[];
    /** As many as there are tokens; an empty one leaves its place empty. */
    readonly under?: readonly string[];
    /** From 0, the paper's colour, to 1. */
    readonly shade?: readonly number[];
  }[];
  /** What the shade means. */
  readonly value?: Axis;
}

/** Arrows over a text, from the token that looks to the one that it looks at. */
export interface Arcs extends Titled {
  /** How it is drawn. */
  readonly kind: "arcs";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    readonly tokens: readonly string[];
    /** Between places of the text; `weight` from 0 to 1 is the thickness. */
    readonly arcs: readonly {
      readonly from: number;
      readonly to: number;
      readonly weight: number;
    }[];
  }[];
  /** What the thickness means. */
  readonly value: Axis;
}

/** Arrows in a plane, from the origin. */
export interface Vectors extends Titled {
  /** How it is drawn. */
  readonly kind: "vectors";
  /** A panel for each, side by side, all on one scale. */
  readonly panels: readonly {
    readonly name?: string;
    readonly vectors: readonly { readonly x: number; readonly y: number; readonly label: string }[];
  }[];
}

/** Paths from a token to a prediction, side by side: each one's thickness is its share. */
export interface Fan extends Titled {
  /** How it is drawn. */
  readonly kind: "fan";
  /** A panel for each, one under the other. */
  readonly panels: readonly {
    readonly name?: string;
    /** `through` names what the path passes, in order, such as two heads; none is the direct path. */
    readonly paths: readonly { readonly through: readonly string[]; readonly share: number }[];
  }[];
  /** What the thickness means. */
  readonly value: Axis;
}

/** A product of two matrices, as three matrices: a tall one times a wide one gives a large one. */
export interface Product extends Titled {
  /** How it is drawn. */
  readonly kind: "product";
  /** Left, right and what they make: names and numbers, [row][column]. */
  readonly matrices: readonly [NamedMatrix, NamedMatrix, NamedMatrix];
}

/** A matrix with its name, such as "W_Q" and its shape in words. */
export interface NamedMatrix {
  /** Such as "W_Q". */
  readonly name: string;
  /** [row][column]. */
  readonly values: readonly (readonly number[])[];
}

/** A part of the transformer that a schematic can light. */
export type Part =
  | "tokens"
  | "embedding"
  | "positions"
  | "stream"
  | "attention"
  | "mlp"
  | "norm"
  | "unembedding"
  | "predictions";

/** A picture as plain data, which the report draws and also prints as a table. */
export type Figure = Chart | Sentence | Arcs | Vectors | Fan | Product;
