import type { Config, Model } from "../../model/mod.ts";
import type { Tokenizer } from "../../model/tokenizer/tokenizer.ts";
import type { FilledLedger, LedgerRow } from "../../report/mod.ts";

/** A model that was published, with what reads text for it. */
export interface Published {
  readonly model: Model;
  readonly tokenizer: Pick<Tokenizer, "encode" | "decode">;
}

/** What was found of a figure. */
export type Found =
  & Pick<LedgerRow, "difference">
  & Required<Pick<LedgerRow, "ours" | "replicated">>;

/** A figure that others have published of a model. */
export interface LedgerEntry
  extends Pick<LedgerRow, "id" | "what" | "published" | "within" | "source"> {
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
