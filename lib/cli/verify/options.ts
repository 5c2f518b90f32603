import { parseArgs } from "@std/cli/parse-args";
import type { Kind } from "../../claims/mod.ts";
import type { Job } from "./job.ts";

/** How long texts may be unless told: as long as the longest window of the models here. */
const MAX_TOKENS = 160;

/** How many seconds one run of a claim may take unless told. */
const LIMIT = 300;

/** Options that choose among words, and the words. */
const CHOICES = ["runtime", "kind"];
const RUNTIMES = ["web", "native"] as const;
const KINDS = ["identity", "empirical", "construction"] as const;

/** What `deno task verify --help` prints. */
export const VERIFY_USAGE =
  `usage: deno task verify --model=FOLDER|OWNER/NAME [SPEC...] [--text=FILE | --tokens=FILE]
                        [--prompt=TEXT] [--max-tokens=N] [--limit=SECONDS] [--revision=NAME]
                        [--kind=KIND] [--runtime=native]

Asks every claim of the spec that fits of your model and of its broken twins, and writes the report
with a section "Your model" on each page, and answers.json with what was measured.
Exits with 0 once all that fits was asked, whatever came out.

  --model=FOLDER   a Hugging Face folder: config.json, model.safetensors (or shards with an index),
                   and tokenizer.json if there is one; where there is no such folder, a model at
                   Hugging Face's hub, such as openai-community/gpt2, which deno task fetch fetches
  --revision=NAME  of a model at the hub: a branch, a tag or a commit; main unless told
  SPEC             only these files, such as spec/10_*_test.ts; the pages are of all
  --kind=KIND      only claims of a kind: identity, what must be so of any weights; empirical, what
                   was measured on our models; construction, what our models were built to show
  --text=FILE      English or not: a text that your model has not learned from, cut by its tokenizer
  --tokens=FILE    the same as token ids, where there is no tokenizer: JSON, rows of ids or one row
  --prompt=TEXT    a sentence for what looks at one; ours unless told
  --max-tokens=N   how long texts may be, and the window that is asked about at most: ${MAX_TOKENS}
  --limit=SECONDS  how long one run may take before what it was for is left out: ${LIMIT}
  --runtime=native onnxruntime-node instead of onnxruntime-web: faster, without its limit of 4 GB;
                   fetched when it is first asked for (290 MB), and then machine code runs here
  --help           this text

Paths start from the project's folder. Without a text, what is asked on one is not applicable.`;

/** What the command was asked for. */
export interface VerifyOptions {
  readonly model: string;
  /** Spec files from the project's root; all of them unless told. */
  readonly files: readonly string[];
  /** Of a model at a hub. */
  readonly revision?: string;
  readonly text?: string;
  readonly tokens?: string;
  readonly prompt?: string;
  readonly maxTokens: number;
  /** How many seconds a run may take. */
  readonly limit: number;
  readonly runtime: Job["runtime"];
  /** The kind of the claims that are asked; all of them unless told. */
  readonly kind?: Kind;
  readonly help: boolean;
}

/**
 * Reads the command's arguments.
 *
 * @throws {RangeError} For an option that does not exist or is not as it must be, a file that is no
 * spec file, or no model.
 */
export function readVerifyOptions(
  args: readonly string[],
  specs: readonly string[],
): VerifyOptions {
  const { _, help, "max-tokens": most, limit, ...given } = parseArgs([...args], {
    boolean: ["help"],
    string: ["model", "revision", "text", "tokens", "prompt", "max-tokens", "limit", ...CHOICES],
  });
  const { model = "", revision, text, tokens, prompt, runtime = "web", kind, ...unknown } = given;
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  if (!help && model === "") {
    throw new RangeError("Which model? --model needs a folder, or OWNER/NAME");
  }
  if (text !== undefined && tokens !== undefined) {
    throw new RangeError("Give --text or --tokens, not both");
  }
  return {
    ...{ model, revision, text, tokens, prompt, help },
    runtime: oneOf("runtime", RUNTIMES, runtime),
    ...kind !== undefined && { kind: oneOf("kind", KINDS, kind) },
    files: _.length === 0 ? specs : _.map((file) => specFile(String(file), specs)),
    maxTokens: wholeAbove0("max-tokens", most, MAX_TOKENS),
    limit: wholeAbove0("limit", limit, LIMIT),
  };
}

function oneOf<T extends string>(name: string, choices: readonly T[], given: string): T {
  const chosen = choices.find((choice) => choice === given);
  if (chosen !== undefined) return chosen;
  const required = `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)} is required`;
  throw new RangeError(`Bad --${name}: ${required}, got "${given}"`);
}

function wholeAbove0(name: string, given: string | undefined, usual: number): number {
  const number = given === undefined ? usual : Number(given);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new RangeError(`Bad --${name}: a whole number above 0 is required, got "${given}"`);
}

function specFile(given: string, specs: readonly string[]): string {
  const file = given.replace(/^\.\//, "");
  if (specs.includes(file)) return file;
  throw new RangeError(`Cannot ask "${given}": it must be a spec file, one of ${specs.join(", ")}`);
}
