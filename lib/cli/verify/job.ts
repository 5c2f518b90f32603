import type { Kind } from "../../claims/mod.ts";
import type { YoursRecord } from "../../claims/yours.ts";

/** What the process that asks a reader's model is told, as its one argument. */
export interface Job {
  /** Absolute paths. */
  readonly folder: string;
  /** What to call the model; by its folder unless told. */
  readonly name?: string;
  readonly text?: string;
  readonly tokens?: string;
  readonly prompt?: string;
  readonly maxTokens: number;
  readonly limit: number;
  /** onnxruntime-node for `native`; onnxruntime-web unless told. */
  readonly runtime?: "web" | "native";
  /** Spec files from the project's root. */
  readonly files: readonly string[];
  /** Of which kind the claims are that are asked; of any unless told. */
  readonly kind?: Kind;
  /** How many of their claims have been asked already. */
  readonly asked?: number;
}

/** A model as it was asked. */
export interface OwnModel {
  readonly name: string;
  /** What it is, in a sentence without its full stop. */
  readonly about: string;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
  /** What it ran on: onnxruntime-web or onnxruntime-node. */
  readonly runtime: "web" | "native";
}

/** A claim that was asked. */
export type AskedClaim = YoursRecord & {
  /** The spec file, from the project's root. */
  readonly file: string;
};

/** A claim that something is run for. */
export type AskedFor = Pick<AskedClaim, "file" | "id" | "kind">;

/** What that process says, a line of JSON each. */
export type Told =
  | {
    readonly kind: "reading";
    readonly parameters: number;
    readonly memory: number;
    readonly seconds: number;
  }
  | { readonly kind: "model"; readonly model: OwnModel }
  | { readonly kind: "run"; readonly claim: AskedFor }
  | { readonly kind: "claim"; readonly claim: AskedClaim }
  /** The last claim may be going on still: the next are another process's. */
  | { readonly kind: "late" }
  | { readonly kind: "refused"; readonly reason: string };
