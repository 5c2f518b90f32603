import { hooksOf, type Model } from "../model/mod.ts";
import { checkTokens, type Tokens } from "../model/tokens.ts";
import { takeRows, type Tensor } from "../tensor/mod.ts";
import { forward } from "./forward.ts";
import {
  buildsOn,
  type Intervention,
  interventionFeeds,
  meanOverPlaces,
  noInterventions,
  type Settled,
} from "./interventions.ts";

/**
 * Interventions with what each puts in worked out: from a run without any, and by one more run for
 * each that is given what stands.
 *
 * @param intervene The hooks that the runs' graph is open for.
 * @param clean What stands at the hooks of {@linkcode askedOfClean} in a run without interventions.
 */
export async function settle(
  model: Model,
  tokens: Tokens,
  interventions: readonly Intervention[],
  { intervene, clean }: { intervene: readonly string[]; clean: Readonly<Record<string, Tensor>> },
): Promise<Settled[]> {
  const settled: (Settled | undefined)[] = interventions.map((change) => {
    if (!buildsOn(change)) return change as Settled;
    return change.given === "standing" ? undefined : replaced(model, change, clean[change.hook]);
  });
  for (const i of inForwardOrder(model, interventions)) {
    if (settled[i]) continue;
    const { hook } = interventions[i];
    // What comes later in the list overrules; what comes later in the model has not happened yet.
    const before = settled.filter((change, j) => change && (change.hook !== hook || j < i));
    settled[i] = replaced(
      model,
      interventions[i],
      await standing(model, tokens, hook, {
        before: before as Settled[],
        intervene,
      }),
    );
  }
  return settled as Settled[];
}

function replaced({ config }: Model, change: Intervention, there: Tensor): Settled {
  const to = typeof change.to === "function"
    ? change.to(there.map((x) => x)) // a copy: it may be changed
    : meanOverPlaces(config, change.hook, there);
  return { ...change, to };
}

/** The places of interventions in the list, by where their hooks are met. */
function inForwardOrder({ config }: Model, interventions: readonly Intervention[]): number[] {
  const order = hooksOf(config).map(({ name }) => name);
  const at = (i: number) => order.indexOf(interventions[i].hook);
  return interventions.map((_, i) => i).sort((i, j) => at(i) - at(j));
}

/** What stands at a hook before somebody intervenes there. */
async function standing(
  model: Model,
  tokens: Tokens,
  hook: string,
  { before, intervene }: { before: readonly Settled[]; intervene: readonly string[] },
): Promise<Tensor> {
  const feeds = {
    tokens: checkTokens(model.config, tokens),
    ...noInterventions(model.config, intervene),
    ...interventionFeeds(model.config, [tokens.length, tokens[0].length], before),
  };
  return (await forward(model, { intervene }, feeds, [hook]))[hook];
}

/** The hooks at which interventions are given what stands there without any. */
export function askedOfClean(interventions: readonly Intervention[]): string[] {
  const asking = interventions.filter((x) => buildsOn(x) && x.given !== "standing");
  return [...new Set(asking.map(({ hook }) => hook))];
}

/** A run without interventions, on a graph that is open for some. Rows that are alike are run once. */
export async function cleanRun(
  model: Model,
  tokens: Tokens,
  intervene: readonly string[],
  fetch: readonly string[],
): Promise<Record<string, Tensor>> {
  if (fetch.length === 0) return {};
  const texts = tokens.map((row) => row.join(" "));
  const distinct = [...new Set(texts)];
  const rows = distinct.map((text) => tokens[texts.indexOf(text)]);
  const nothing = noInterventions(model.config, intervene);
  const feeds = { tokens: checkTokens(model.config, rows), ...nothing };
  const kept = await forward(model, { intervene }, feeds, fetch);
  const order = texts.map((text) => distinct.indexOf(text));
  return Object.fromEntries(fetch.map((name) => [name, takeRows(kept[name], order)]));
}
