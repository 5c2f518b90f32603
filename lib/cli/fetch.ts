/**
 * `deno task fetch`: a model from Hugging Face's hub, put where its own tools keep them.
 *
 * The task may start a program, and starts itself: `hub/fetch_apart.ts` says with what rights.
 */
import { parseArgs } from "@std/cli/parse-args";
import { fetchApart } from "./hub/fetch_apart.ts";
import { type Repository, repository } from "./hub/repository.ts";
import { here, type Place } from "./place.ts";

const USAGE = `usage: deno task fetch OWNER/NAME [--revision=REVISION]

Fetches what is needed of a model at huggingface.co, such as openai-community/gpt2, and says in what
folder it is: config.json, the weights as safetensors, the tokenizer. What was begun is gone on
with; what is there is not fetched again; every file must have the hash that the hub lists.

  --revision=REVISION  a branch, a tag or a commit; main unless told. The commit is said, and a
                       commit that is there needs no network
  --help               this text

It is kept where Hugging Face's own tools keep it, in HF_HUB_CACHE, else HF_HOME/hub, else
XDG_CACHE_HOME/huggingface/hub, else ~/.cache/huggingface/hub, and shared with them. HF_ENDPOINT names
another hub. Models that ask for an account are not fetched: give the folder of one instead.`;

/** The command: what it exits with. */
export async function fetchCommand(args: readonly string[], place: Place): Promise<number> {
  try {
    const asked = readOptions(args);
    place.screen.write(`${asked ? await fetchIt(asked) : USAGE}\n`);
    return 0;
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
}

/** What was asked for; nothing where that is help. */
function readOptions(args: readonly string[]): Repository | undefined {
  const { _: names, help, revision, ...unknown } = parseArgs([...args], {
    boolean: ["help"],
    string: ["revision", "_"],
  });
  if (help) return undefined;
  const [option] = Object.keys(unknown);
  if (option !== undefined) throw new RangeError(`There is no option "${option}": see --help`);
  if (names.length === 1) return repository(String(names[0]), revision);
  throw new RangeError(`Cannot fetch: one model is required, got ${names.join(", ") || "none"}`);
}

async function fetchIt(asked: Repository): Promise<string> {
  const { folder, commit } = await fetchApart(asked);
  return `${asked.id} at commit ${commit} is in ${folder}`;
}

if (import.meta.main) Deno.exit(await fetchCommand(Deno.args, here()));
