import type { BoundRecord } from "./bound.ts";
import type { Figure, Part, ShownRun } from "./pictures/figure.ts";

/** Plain data: what evidence is made of. Numbers are finite. */
export type Json = number | string | boolean | null | readonly Json[] | {
  readonly [key: string]: Json;
};

/**
 * What became of a claim or a question; the report says what each means. The first three stand; of
 * the others each is worse than the one before it, and the worst of its claims is the question's.
 */
export type Verdict = "not applicable" | "holds" | "refuted" | "fails" | "not trusted" | "broken";

/**
 * The three kinds of claim: true for any weights (`identity`), measured on trained models
 * (`empirical`), or shown possible by one model built by hand (`construction`).
 */
export type Kind = "identity" | "empirical" | "construction";

/**
 * How far a claim goes: it follows from how a transformer is wired, or one model shows that it can be
 * (`any weights`); it was measured on the models that it names, and may be otherwise elsewhere
 * (`these models`); or that, and papers report the same of large models (`reported at scale`).
 */
export type Reach = "any weights" | "these models" | "reported at scale";

/** Where our answer stands to the learner's notes. */
export type Standing =
  | "confirmed"
  | "confirmed with a caveat"
  | "corrected"
  | "answered here";

/** One run of one claim on one model. */
export interface RunRecord extends ShownRun<Json> {
  /** What the check said, whatever it should have said. */
  readonly verdict: "holds" | "fails" | "broken" | "not applicable";
  /** Whether that is what a sound claim requires of this run. */
  readonly asExpected: boolean;
  /** The assertion's or error's message, or why it does not apply; its evidence may then be null. */
  readonly reason?: string;
  /** Wall-clock time of loading, measuring and checking. */
  readonly seconds: number;
}

/** One claim with everything that was run for it. */
export interface ClaimRecord {
  /** The line of the spec file where it is made, where that is known. */
  readonly line?: number;
  /** Unique in its file, kebab-case. */
  readonly id: string;
  /** The claim in words. */
  readonly statement: string;
  /** Which of the three kinds it is. */
  readonly kind: Kind;
  /** `claim` must hold on its subjects; `refuted` is a wrong belief that must fail on them. */
  readonly direction: "claim" | "refuted";
  /** How far it goes. */
  readonly reach: Reach;
  /** Who reports the same of large models. */
  readonly sources: readonly Source[];
  /** What came of it. */
  readonly verdict: Verdict;
  /** Why, unless it stands: names the model and what was asserted. */
  readonly reason?: string;
  /** Where numbers of the evidence must lie, as declared; the check may ask for more. */
  readonly bounds?: readonly BoundRecord[];
  /** The field of the evidence that the answer quotes most, where it quotes any. */
  readonly quoted?: string;
  /** What each control is, by its name in the runs. */
  readonly controls: readonly ControlRecord[];
  /** Every run, subjects first. */
  readonly runs: readonly RunRecord[];
  /** Pictures of the evidence. */
  readonly figures: readonly Figure[];
}

/** What a control changes, in words, and what the claim's pictures show of it. */
export interface ControlRecord {
  /** The name that the spec gives it. */
  readonly name: string;
  /** Such as "Every position may attend to every other one." */
  readonly description: string;
  /** The claim's own pictures, of what this control gave. */
  readonly figures?: readonly Figure[];
  /** The model they are of, where it takes the place of one that the claim's pictures name. */
  readonly standsIn?: string;
  /** Why there are none, where the claim has some. */
  readonly undrawn?: string;
}

/** Who was asked: a model, or a family of random ones. */
export interface ModelRecord {
  /** By which its runs call it. */
  readonly name: string;
  /** Where it comes from, such as "trained" or "random". */
  readonly origin: string;
  /** What it is, in a sentence without its full stop. */
  readonly about?: string;
  /** The name of what it was made from by changing it. */
  readonly from?: string;
  /** How many members are drawn at most, where it is a family. */
  readonly size?: number;
}

/** Where something is written. */
export interface Source {
  /** Of the paper, page or book. */
  readonly title: string;
  /** As they are usually cited, such as "Elhage et al.". */
  readonly authors: string;
  /** Of publication. */
  readonly year: number;
  /** Where to read it. */
  readonly url?: string;
  /** Such as "arXiv:2108.12409". */
  readonly id?: string;
}

/** An answer, or one part of it. */
export interface PartRecord {
  /** What this part asks; absent of what stands before the first that has a title. */
  readonly title?: string;
  /** The part's answer in a sentence or two, as plain text. */
  readonly short?: string;
  /** In the order of the page. */
  readonly paragraphs: readonly ParagraphRecord[];
}

/** A paragraph of an answer, or several. */
export interface ParagraphRecord {
  /** `say` and `caveat` are main text; an `aside` is for some readers only. */
  readonly kind: "say" | "caveat" | "aside";
  /**
   * Markdown. A figure or reference is a link to its claim, `[0.31](#10-mlp-is-local)`, the fragment
   * being the question's number, two digits, and the claim's id; a term of the glossary is one where it
   * first stands, `[logit](#term-logit)`.
   */
  readonly text: string;
  /** The ids of the claims that it refers to, in order: their pictures follow it. */
  readonly claims: readonly string[];
}

/** Something for the reader to break: what becomes of some claims was checked. */
export interface SuggestionRecord {
  /** As an address holds them, such as "leaky-mlp:0.5". */
  readonly sabotages: readonly string[];
  /** What is broken, such as "no causal mask". */
  readonly name: string;
  /** Such as "Every position may attend to every other one." */
  readonly description: string;
  /** The ids of claims that notice. */
  readonly notice: readonly string[];
  /** The ids of claims that stand all the same. */
  readonly stand: readonly string[];
  /** Markdown, as the paragraphs: what happens, and why. */
  readonly why: string;
}

/** One question with its answer: what a spec file leaves behind. */
export interface QuestionRecord {
  /** The id of the run of the suite that wrote it. */
  readonly run: string;
  /** From the project's root, such as "spec/10_mlp_test.ts". */
  readonly file: string;
  /** The number that the file's name begins with. */
  readonly number: number;
  /** The question in words. */
  readonly question: string;
  /** What the learner's notes say: "yes", "no", "open" or a sentence. */
  readonly notes: string;
  /** Declared by the spec, and checked. */
  readonly standing: Standing;
  /** Where in a transformer the answer lies. */
  readonly lit: readonly Part[];
  /** Present where the transformer that it lies in has no MLPs. */
  readonly attn_only?: boolean;
  /** The worst of its claims' verdicts and its own problems. */
  readonly verdict: Verdict;
  /** The answer in a sentence or two, as plain text. */
  readonly short: string;
  /** The answer: what stands before any part that has a title, and then those. */
  readonly parts: readonly PartRecord[];
  /** Markdown, as the paragraphs: what would change our mind. */
  readonly wouldChange: string;
  /** What the reader is to break, where the author names something. */
  readonly suggestions?: readonly SuggestionRecord[];
  /** What the answer cites. */
  readonly sources: readonly Source[];
  /** Everybody that the claims ask, once. */
  readonly models: readonly ModelRecord[];
  /** In the order of the file. */
  readonly claims: readonly ClaimRecord[];
  /** What is wrong with the spec itself, such as a sentence without a claim. */
  readonly problems: readonly string[];
}
