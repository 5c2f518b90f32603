import { hookOf, type Model } from "../model/mod.ts";
import type { Tensor } from "../tensor/mod.ts";
import { forward } from "./forward.ts";
import {
  type Intervention,
  interventionFeeds,
  noInterventions,
  openHooks,
} from "./interventions.ts";
import { askedOfClean, cleanRun, settle } from "./settle.ts";
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
  const intervene = openHooks(model.config, touched);
  const clean = await cleanRun(model, tokens, intervene, askedOfClean(interventions));
  const settled = await settle(model, tokens, interventions, { intervene, clean });
  const changes = interventionFeeds(model.config, shapeOf(tokens), settled);
  const feeds = { tokens: fed, ...noInterventions(model.config, intervene), ...changes };
  return new Activations(await forward(model, { intervene }, feeds, [...names]));
}

/** How many rows, and how many tokens in each. */
export function shapeOf(tokens: Tokens): readonly [batch: number, pos: number] {
  return [tokens.length, tokens[0].length];
}
