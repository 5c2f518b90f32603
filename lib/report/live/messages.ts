/** What a page and its worker say to each other. Everything in it can be copied from one to the other. */
import type { Figure, Json, Verdict } from "../../claims/mod.ts";
import type { Charts } from "../document/drawn.ts";
import type { Compared } from "./same_numbers.ts";
import type { Strength } from "../../model/sabotages/catalogue.ts";
import type { Chosen } from "../../model/sabotages/chosen.ts";

/** Files of the project by their path in `fixtures/`, such as "models/gpt/config.json". */
export type Files = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** What the report has of a run: whom it asked, and what was measured. */
export interface RecordedRun {
  readonly model: string;
  readonly control?: string;
  readonly evidence: Json;
}

/** What the report has of each claim of a question, by the claim's id. */
export type Recorded = Readonly<
  Record<string, { readonly runs: readonly RecordedRun[]; readonly figures: readonly Figure[] }>
>;

/** What a page asks of its worker. */
export type Request =
  /** Comes first: the runtime's WebAssembly. */
  | { readonly kind: "start"; readonly wasm: Uint8Array<ArrayBuffer> }
  /** The answer to a need: the files of one model, or why they cannot be had. */
  | { readonly kind: "files"; readonly pack: string; readonly files: Files | string }
  /** What can be broken, those first that the claims of this spec file name. */
  | { readonly kind: "choices"; readonly file: string }
  /** What the chosen sabotages do. */
  | { readonly kind: "describe"; readonly chosen: readonly Chosen[] }
  /** Runs the claims of a spec file, on models broken as chosen. */
  | {
    readonly kind: "run";
    readonly file: string;
    readonly chosen: readonly Chosen[];
    readonly recorded: Recorded;
  }
  /** Reads a text with a model broken as chosen, and shows what one head looks at. */
  | {
    readonly kind: "read";
    readonly text: string;
    readonly chosen: readonly Chosen[];
    readonly model: string;
    readonly layer: number;
    readonly head: number;
  };

/** A sabotage as a page offers it. */
export interface Offer {
  readonly id: string;
  readonly part: string;
  readonly name: string;
  readonly description: string;
  readonly strength?: Strength;
  /** Where one head is chosen: which there are. */
  readonly heads?: HeadCounts;
  /** Whether a claim of the question names it. */
  readonly named: boolean;
  /** Why it can be done to none of the models that the question is about, where that is so. */
  readonly unfit?: string;
}

/** Which heads the models of a question have. */
export interface HeadCounts {
  /** How many models have it, of each layer each head. */
  readonly having: readonly (readonly number[])[];
  /** How many models there are. */
  readonly of: number;
}

/** What a chosen sabotage does. */
export interface Described {
  readonly id: string;
  readonly name: string;
  /** In a sentence, as strong as it is chosen. */
  readonly description: string;
}

/** The layers of a model, and the heads in each. */
export interface Heads {
  readonly layers: number;
  readonly each: number;
}

/** A picture of what was measured just now. */
export interface LivePicture {
  readonly figure: Pick<Figure, "title" | "caption">;
  readonly charts: Charts;
}

/** What came of a claim. */
export interface LiveClaim {
  readonly id: string;
  readonly statement: string;
  /** Whether it is claimed, or a belief that is refuted. */
  readonly direction: "claim" | "refuted";
  readonly verdict: Verdict;
  readonly reason?: string;
  /** What was measured against each bound, in words. */
  readonly findings: readonly string[];
  /** How many numbers were measured that the report has too, and how many of them are the same. */
  readonly numbers: Compared;
  readonly pictures: readonly LivePicture[];
}

/** What one model makes of a text. */
export interface Read {
  /** The likeliest next pieces after each, the likeliest first. */
  readonly guesses:
    readonly (readonly { readonly piece: string; readonly probability: number }[])[];
  /** How much each next piece surprised, in nats: one fewer than there are pieces. */
  readonly losses: readonly number[];
  /** What the head gives to each place, [pos][pos]. */
  readonly pattern: readonly (readonly number[])[];
}

/** What a model makes of a reader's text, and how that is shown. */
export interface Reading extends Read {
  /** What the model was broken by, if it was. */
  readonly broken?: string;
  /** What it makes of the text unbroken, if it was broken. */
  readonly unbroken?: Read;
  /** The text in word pieces. */
  readonly pieces: readonly string[];
  /** The layers and the heads in each that may be looked at. */
  readonly heads: Heads;
  /** Its guesses, and where the head looks. */
  readonly pictures: readonly LivePicture[];
}

/** What a worker says. */
export type Reply =
  | { readonly kind: "started" }
  /** A model's files are needed: answered by "files". */
  | { readonly kind: "need"; readonly pack: string }
  | {
    readonly kind: "choices";
    readonly offers: readonly Offer[];
    /** Who may read a text, those first that the question is about. */
    readonly models: readonly string[];
  }
  /** What the chosen sabotages do, each, and all in one line. */
  | {
    readonly kind: "described";
    readonly described: readonly Described[];
    readonly line: string;
  }
  /** What is done to the models that are run next. */
  | { readonly kind: "breaking"; readonly description: string }
  | {
    readonly kind: "progress";
    readonly claim: string;
    readonly statement: string;
    readonly step: string;
    readonly done: number;
    readonly of: number;
  }
  | { readonly kind: "claim"; readonly claim: LiveClaim }
  | { readonly kind: "reading"; readonly reading: Reading }
  /** The last of a run. */
  | { readonly kind: "done" }
  /** What was asked cannot be done: in words for the reader. */
  | { readonly kind: "refused"; readonly reason: string };
