import type { Config, Model } from "../../model/mod.ts";
import type { Tokenizer } from "../../model/tokenizer/tokenizer.ts";

/** A model that was published, with what reads text for it. */
export interface Published {
  readonly model: Model;
  readonly tokenizer: Tokenizer;
}

/** Where a figure was published. */
export interface LedgerSource {
  readonly title: string;
  readonly url: string;
}

/** What was found of a figure: in words, and whether that is the published one. */
export interface Found {
  readonly ours: string;
  /** Ours less the published one, where both are numbers. */
  readonly difference?: number;
  readonly replicated: boolean;
}

/** A figure that others have published of a model. */
export interface LedgerEntry {
  readonly id: string;
  /** What was measured, on what. */
  readonly what: string;
  readonly published: string;
  /** When ours counts as the same. */
  readonly within: string;
  readonly source: LedgerSource;
  measure(model: Published): Promise<Found>;
}

/** Which weights a ledger is of: those of another training of the same shape are others. */
export interface Identity {
  readonly config: Config;
  /** The SHA-256 of `model.safetensors`. */
  readonly weights: string;
}

/** What others have published of one model. */
export interface Ledger extends Identity {
  readonly name: string;
  readonly entries: readonly LedgerEntry[];
}

/** A figure as it was measured here; without `ours` it could not be, for the reason given. */
export interface LedgerRow extends Omit<LedgerEntry, "measure">, Partial<Found> {
  readonly reason?: string;
}

/** A ledger, measured on the model that it is of. */
export interface FilledLedger {
  readonly name: string;
  readonly rows: readonly LedgerRow[];
}

/** Whether a ledger is of the model of this config; its weights' hash is asked for if it may be. */
export async function isOf(
  ledger: Identity,
  config: Config,
  weights: () => Promise<string>,
): Promise<boolean> {
  const text = (config: Config) => JSON.stringify(Object.entries(config).toSorted());
  return text(ledger.config) === text(config) && ledger.weights === await weights();
}

/** Measures every figure of a ledger, one after the other. */
export async function fill({ name, entries }: Ledger, model: Published): Promise<FilledLedger> {
  const rows: LedgerRow[] = [];
  for (const { measure, ...entry } of entries) {
    const found = await measure(model).catch((error) => ({ reason: (error as Error).message }));
    rows.push({ ...entry, ...found });
  }
  return { name, rows };
}
