import { type Config, hookOf, inEachBlock, type Model } from "../model/mod.ts";
import { takeRows, type Tensor } from "../tensor/mod.ts";
import { forward } from "./forward.ts";
import {
  type Intervention,
  interventionFeeds,
  needsClean,
  noInterventions,
} from "./interventions.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";

/** What a run is asked for. */
export interface RunOptions {
  /** Hooks to keep, by name; the logits are always kept. */
  readonly hooks?: readonly string[];
  /** Changes made on the way; with none, or with empty ones, the bits are the same. */
  readonly interventions?: readonly Intervention[];
  /**
   * Hooks that runs on this model intervene at, besides those of `interventions`: runs with the same
   * ones share a session, which is slow to open.
   */
  readonly intervene?: readonly string[];
}

/** The activations that a run kept. */
export class Activations {
  readonly #kept: Readonly<Record<string, Tensor>>;

  /**
   * Activations by name.
   *
   * @param kept Tensors by hook name, `logits` among them.
   */
  constructor(kept: Readonly<Record<string, Tensor>>) {
    this.#kept = kept;
  }

  /** Scores for the next token after each position: [batch, pos, d_vocab]. */
  get logits(): Tensor {
    return this.get("logits");
  }

  /** The activation at a hook; throws a RangeError if the run was not asked to keep it. */
  get(hook: string): Tensor {
    if (Object.hasOwn(this.#kept, hook)) return this.#kept[hook];
    const kept = Object.keys(this.#kept).join(", ");
    throw new RangeError(`The run did not keep "${hook}": ask for it in hooks; it kept ${kept}`);
  }
}

/**
 * Runs a model on rows of tokens and keeps the activations asked for.
 *
 * @param tokens Token ids, [batch][pos].
 * @throws {RangeError} If a token, hook or intervention does not fit the model.
 */
export async function run(
  model: Model,
  tokens: Tokens,
  { hooks = [], interventions = [], ...others }: RunOptions = {},
): Promise<Activations> {
  const fed = checkTokens(model.config, tokens);
  const names = new Set([...hooks, "logits"]);
  for (const name of names) hookOf(model.config, name);
  const touched = [...others.intervene ?? [], ...interventions.map(({ hook }) => hook)];
  for (const name of touched) hookOf(model.config, name);
  const intervene = [...new Set(touched.flatMap((name) => inAllBlocks(model.config, name)))];
  const builtUpon = new Set(interventions.filter(needsClean).map(({ hook }) => hook));
  const clean = await runClean(model, tokens, { hooks: [...builtUpon], intervene });
  const shape = [tokens.length, tokens[0].length] as const;
  const changes = interventionFeeds(model.config, shape, interventions, (hook) => clean[hook]);
  const feeds = { tokens: fed, ...noInterventions(model.config, intervene), ...changes };
  return new Activations(await forward(model, { intervene }, feeds, [...names]));
}

/** A hook in every block: a sweep that goes through them one by one stays with one session. */
function inAllBlocks(config: Config, hook: string): string[] {
  const [, inBlock] = hook.match(/^blocks\.\d+\.(.+)$/) ?? [];
  return inBlock === undefined ? [hook] : inEachBlock(config, inBlock);
}

/** The same without interventions. Rows that are alike, as in a sweep, are run once. */
async function runClean(
  model: Model,
  tokens: Tokens,
  { hooks, intervene }: { hooks: readonly string[]; intervene: readonly string[] },
): Promise<Record<string, Tensor>> {
  if (hooks.length === 0) return {};
  const texts = tokens.map((row) => row.join(" "));
  const distinct = [...new Set(texts)];
  const rows = distinct.map((text) => tokens[texts.indexOf(text)]);
  const nothing = noInterventions(model.config, intervene);
  const feeds = { tokens: checkTokens(model.config, rows), ...nothing };
  const kept = await forward(model, { intervene }, feeds, hooks);
  const order = texts.map((text) => distinct.indexOf(text));
  return Object.fromEntries(hooks.map((hook) => [hook, takeRows(kept[hook], order)]));
}
