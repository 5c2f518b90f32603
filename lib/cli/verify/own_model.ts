import { pathToFileURL } from "node:url";
import type { Own } from "../../../fixtures/texts/reading.ts";
import type { Kind } from "../../claims/mod.ts";
import {
  type Checkpoint,
  type Config,
  type Model,
  openCheckpoint,
  shortened,
} from "../../model/mod.ts";
import { isNative } from "../../runtime/backend.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import type { Job, OwnModel } from "./job.ts";

/** A reader's model, and what it is given to read. */
export interface Opened {
  readonly model: Model;
  readonly said: OwnModel;
  readonly own: Own;
}

/**
 * Opens the model and the text that a job names.
 *
 * @throws {Error} If a file is missing or not what it must be; it names the file.
 */
export async function openOwn(job: Job): Promise<Opened> {
  const { folder, maxTokens } = job;
  const { name = folder.split(/[/\\]/).filter(Boolean).slice(-2).join("/") } = job;
  const checkpoint = await openCheckpoint(await checkpointFolder(folder), { folder, name });
  const whole = checkpoint.model;
  const model = shortened(whole, Math.min(whole.config.n_ctx, maxTokens));
  const tokens = await tokensOf(job, checkpoint);
  const notes = [
    ...checkpoint.notes.map((note) => `${note[0].toUpperCase()}${note.slice(1)}.`),
    ...model === whole ? [] : [
      `It was asked in a window of ${maxTokens} of its ${whole.config.n_ctx} tokens (--max-tokens).`,
    ],
    tokens ? `It was given a text of ${tokens.length} tokens.` : NO_TEXT,
    BEFORE,
    ...job.kind === undefined ? [] : [ONLY[job.kind]],
  ];
  return {
    model,
    said: {
      ...{ name, about: described(whole.config), notes },
      runtime: isNative() ? "native" : "web",
    },
    own: { tokens, tokenizer: checkpoint.tokenizer, window: model.config.n_ctx },
  };
}

const NO_TEXT = "It was given no text (--text, --tokens), so what is asked on one was left out.";
const BEFORE =
  "Where a claim compares it with itself before its training, that is the same model " +
  "with weights drawn afresh: how it really began is not known.";

const ONLY: Readonly<Record<Kind, string>> = {
  identity: "Nothing but what must be so of any weights was asked of it (--kind=identity).",
  empirical: "Nothing but what was measured on our models was asked of it (--kind=empirical).",
  construction: "Nothing but what our models were built to show was asked (--kind=construction).",
};

function described({ n_layers, d_model, n_heads, d_vocab, n_ctx, positions }: Config): string {
  return `${n_layers} layers, ${d_model} wide, ${n_heads} heads in each, ${d_vocab} tokens, ` +
    `a window of ${n_ctx}, positions ${positions}`;
}

/** A text as tokens, cut by the model's tokenizer or given as ids. */
async function tokensOf(
  { text, tokens }: Job,
  { model: { config }, tokenizer }: Checkpoint,
): Promise<number[] | undefined> {
  const file = text ?? tokens;
  if (file === undefined) return undefined;
  const read = await Deno.readTextFile(pathToFileURL(file)).catch((error) => {
    throw new Error(`Cannot read ${file}: ${error.message}`);
  });
  if (text !== undefined && !tokenizer) {
    throw new Error(`Cannot cut ${text}: the model has no tokenizer; give its ids with --tokens`);
  }
  const ids = text !== undefined ? [...tokenizer!.encode(read)] : idsIn(file, read);
  const wrong = ids.find((id) => !(Number.isInteger(id) && id >= 0 && id < config.d_vocab));
  if (wrong === undefined && ids.length > 0) return ids;
  const required = `token ids from 0 to ${config.d_vocab - 1} are required`;
  throw new Error(`Cannot use ${file}: ${required}, got ${JSON.stringify(wrong) ?? "none"}`);
}

function idsIn(file: string, text: string): number[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`Cannot read ${file}: it is not JSON: ${(error as Error).message}`);
  }
  if (Array.isArray(json)) return json.flat();
  throw new Error(`Cannot use ${file}: rows of token ids are required, got ${typeof json}`);
}
