import memoize from "memoize";
import type { Config } from "./config.ts";

/** A place in the model where an activation can be read or replaced. */
export interface Hook {
  /** Its name, as TransformerLens has it: `blocks.0.attn.hook_pattern`. */
  readonly name: string;
  /** What each of its axes is: `["batch", "pos", "d_model"]`. */
  readonly axes: readonly Axis[];
}

/** What an axis counts. `query` and `key` are positions, named by their part in attention. */
export type Axis =
  | "batch"
  | "pos"
  | "query"
  | "key"
  | "head"
  | "key_value_head"
  | "one"
  | "d_model"
  | "d_head"
  | "d_mlp"
  | "d_vocab";

const STREAM = ["batch", "pos", "d_model"] as const;
const HEADS = ["batch", "pos", "head", "d_head"] as const;
const KEY_HEADS = ["batch", "pos", "key_value_head", "d_head"] as const;
const WIDE_HEADS = ["batch", "pos", "head", "d_model"] as const;
const HIDDEN = ["batch", "pos", "d_mlp"] as const;
const PAIRS = ["batch", "head", "query", "key"] as const;

type Table = Record<string, readonly Axis[]>;

/** Every hook of a model of this config, in the order in which a forward pass meets them. */
export function hooksOf(config: Config): Hook[] {
  const table: Table = { hook_embed: STREAM };
  if (["learned", "sinusoidal"].includes(config.positions)) table.hook_pos_embed = STREAM;
  for (let layer = 0; layer < config.n_layers; layer++) {
    for (const [name, axes] of Object.entries(blockHooks(config))) {
      table[`blocks.${layer}.${name}`] = axes;
    }
  }
  Object.assign(table, normHooks(config, "ln_final"), { logits: ["batch", "pos", "d_vocab"] });
  return Object.entries(table).map(([name, axes]) => ({ name, axes }));
}

function blockHooks(config: Config): Table {
  const full = config.query_key === "full";
  const rotated: Table = { "attn.hook_rot_q": HEADS, "attn.hook_rot_k": KEY_HEADS };
  const attention: Table = {
    hook_resid_pre: STREAM,
    ...normHooks(config, "ln1"),
    "attn.hook_q": full ? WIDE_HEADS : HEADS,
    ...(config.query_key === "pair" ? { "attn.hook_k": KEY_HEADS } : {}),
    "attn.hook_v": KEY_HEADS,
    ...(config.positions === "rotary" ? rotated : {}),
    "attn.hook_attn_scores": PAIRS,
    "attn.hook_pattern": PAIRS,
    "attn.hook_z": HEADS,
    "attn.hook_result": WIDE_HEADS,
    hook_attn_out: STREAM,
  };
  const mlp: Table = {
    hook_resid_mid: STREAM,
    ...normHooks(config, "ln2"),
    "mlp.hook_pre": HIDDEN,
    ...(config.gated_mlp ? { "mlp.hook_pre_linear": HIDDEN } : {}),
    "mlp.hook_post": HIDDEN,
    hook_mlp_out: STREAM,
  };
  return { ...attention, ...(config.attn_only ? {} : mlp), hook_resid_post: STREAM };
}

function normHooks(config: Config, name: string): Table {
  if (config.normalization === "none") return {};
  return { [`${name}.hook_scale`]: ["batch", "pos", "one"], [`${name}.hook_normalized`]: STREAM };
}

/** How long each axis is in a run of so many tokens. */
export function lengthsOf(config: Config, batch: number, pos: number): Record<Axis, number> {
  const { n_heads, n_key_value_heads, d_model, d_head, d_mlp, d_vocab } = config;
  const heads = { head: n_heads, key_value_head: n_key_value_heads };
  const widths = { one: 1, d_model, d_head, d_mlp, d_vocab };
  return { batch, pos, query: pos, key: pos, ...heads, ...widths };
}

/** The hook of what the heads of a block read: what the norm gives, or the stream itself. */
export function attentionInput(
  { normalization }: Pick<Config, "normalization">,
  block: string,
): string {
  return `${block}.${normalization === "none" ? "hook_resid_pre" : "ln1.hook_normalized"}`;
}

/** A hook named without its block, such as `attn.hook_pattern`, in each block of a model. */
export function inEachBlock({ n_layers }: Config, name: string): string[] {
  return Array.from({ length: n_layers }, (_, layer) => `blocks.${layer}.${name}`);
}

/** The hooks of a model whose names match, in the order of a forward pass. */
export function hooksLike(config: Config, pattern: RegExp): string[] {
  return hooksOf(config).map(({ name }) => name).filter((name) => pattern.test(name));
}

/** Hooks of the stream, [batch, pos, d_model]: its start, then after each part of each block. */
export function streamHooks(config: Config): string[] {
  const blocks = hooksLike(config, /blocks\.0\.hook_resid_pre|hook_resid_(mid|post)/);
  return blocks.length > 0 ? blocks : ["hook_embed"];
}

/** Every run looks hooks up by name, and a config never changes. */
const hooksByName = memoize(
  (config: Config) => new Map(hooksOf(config).map((hook) => [hook.name, hook])),
  { cache: new WeakMap() },
);

/**
 * The hook of that name.
 *
 * @throws {RangeError} If a model of this config has none, naming those it has in that place.
 */
export function hookOf(config: Config, name: string): Hook {
  const table = hooksByName(config);
  const found = table.get(name);
  if (found) return found;
  const [all, last] = [[...table.keys()], name.split(".").at(-1)!];
  const near = all.filter((hook) => hook.endsWith(last));
  const hint = (near.length > 0 ? near : all).join(", ");
  throw new RangeError(`No hook "${name}" in this model; it has ${hint}`);
}
