/**
 * What becomes of the predictions where a head's pattern is frozen to its average on other texts.
 */
import memoize from "memoize";
import type { Model } from "../../mod.ts";
import { takeRows } from "../../lib/tensor/mod.ts";
import { headsOf } from "../../lib/model/mod.ts";
import * as probes from "../../lib/circuits/mod.ts";
import * as models from "../../fixtures/mod.ts";

/** Heads by what they look at. */
const LOOKS_AT = {
  "previous-token head": probes.previousTokenKeys,
  "own-token head": probes.ownTokenKeys,
  "induction head": probes.inductionKeys,
};
type Role = keyof typeof LOOKS_AT;
const ROLES = Object.keys(LOOKS_AT) as Role[];

/** The earlier places at which a position's own token stands. */
function earlierCopies(row: readonly number[]): number[][] {
  return probes.ownTokenKeys(row).map((places, query) => places.filter((key) => key < query));
}

/** How many of the texts are asked; heads are frozen to their mean pattern on the others. */
const ASKED = 2;

/** Where heads of a model are frozen: random blocks said again and again, or held-out text. */
function textsFor(model: Model, kind: "repeats" | "prose"): Promise<number[][]> {
  const length = Math.min(64, model.config.n_ctx);
  const block = [12, Math.floor(length * 9 / 16)] as const;
  return kind === "repeats"
    ? Promise.resolve(probes.drawRepeatedBlocks(model, { block, rows: 10, length }).tokens)
    : models.texts.heldOutRows({ rows: 10, length: Math.min(24, length) });
}

/** Some of the others, by which it is told how far a pattern moves. */
const COMPARED = [0, 1, 2, 3];

/**
 * What heads look at, how far their patterns move, and what freezing and flattening each costs: on
 * repeats for every head, on prose for those that look most at what heads of a kind look at.
 */
async function freezeEach(model: Model, kind: "repeats" | "prose") {
  const texts = await textsFor(model, kind);
  const [asked, others] = [texts.slice(0, ASKED), texts.slice(ASKED)];
  const patterns = await probes.patternsOf(model, others);
  const scores = ROLES.map((role) => probes.scoreHeads(patterns, others, LOOKS_AT[role]).scores);
  const copies = probes.scoreHeads(patterns, others, earlierCopies).scores;
  const varies = patterns.map((pattern) => takeRows(pattern, COMPARED))
    .flatMap(probes.headVariations);
  const flat = patterns.map(() => probes.uniformPattern(asked[0].length));
  const all = headsOf(model.config).map(({ layer, head }, i) => {
    const looks = scores.map((role) => role[layer][head]);
    // More than on everything else together.
    const role = ROLES.find((_, r) => looks[r] > 0.5) ?? "another head";
    return { layer, head, looks, copies: copies[layer][head], role, varies: varies[i] };
  });
  const most = ROLES.map((_, r) => Math.max(...all.map(({ looks }) => looks[r])));
  const chosen = all.filter(({ looks }) =>
    kind === "repeats" || ROLES.some((_, r) => looks[r] === most[r])
  );
  const each = chosen.map((head) => [head]);
  const alike = ROLES.map((role) => all.filter((head) => head.role === role));
  const flattened = await probes.patchTogether(model, asked, flat, [...each, ...alike]);
  const frozen = await probes.patchTogether(model, asked, patterns.map(probes.meanPattern), each);
  const heads = chosen.map(({ layer: _, head: __, ...found }, i) => ({
    ...found,
    ...{ frozen: frozen[i], flattened: flattened[i] },
  }));
  return { heads, together: flattened.slice(each.length) };
}

const [onRepeats, onProse] = (["repeats", "prose"] as const).map((kind) =>
  memoize((model: Model) => freezeEach(model, kind), { cache: new WeakMap() })
);

/** The head of a model that looks most at what heads of a kind look at, beside all others. */
export const freezing = (wanted: Role, kind: "repeats" | "prose" = "repeats") => {
  return async (model: Model) => {
    const { heads, together } = await (kind === "repeats" ? onRepeats : onProse)(model);
    const r = ROLES.indexOf(wanted);
    const most = Math.max(...heads.map(({ looks }) => looks[r]));
    const { copies, varies, frozen, flattened } = heads.find(({ looks }) => looks[r] === most)!;
    return {
      ...{ looks: most, copies, varies },
      ...{ frozen, flattened, share: flattened > 0 ? frozen / flattened : 1 },
      /** What it costs to flatten all heads of that kind at once. */
      together: together[r],
      heads: heads.map(({ looks: _, ...head }) => head),
    };
  };
};

/** What is found of such a head. */
export type Frozen = Awaited<ReturnType<ReturnType<typeof freezing>>>;
