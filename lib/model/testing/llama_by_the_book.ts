/** For tests: a Llama as its own code has it, straight from the tensors and keys of its files. */
import type { Tensor } from "../../tensor/tensor.ts";

type Json = Readonly<Record<string, number>> & {
  readonly rope_scaling?: Readonly<Record<string, number | string>> | null;
};

const times = (W: Tensor, x: readonly number[]) =>
  Array.from({ length: W.shape[0] }, (_, i) => x.reduce((sum, xj, j) => sum + W.at(i, j) * xj, 0));
const plus = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x + b[i]);
const rms = (x: readonly number[], w: Tensor, eps: number) => {
  const scale = Math.sqrt(x.reduce((sum, xi) => sum + xi * xi, 0) / x.length + eps);
  return x.map((xi, i) => w.at(i) * xi / scale);
};
const silu = (x: number) => x / (1 + Math.exp(-x));

/** How fast each pair turns, and by how much waves are longer. */
function waves({ head_dim: dim, rope_theta, rope_scaling }: Json): [number[], number] {
  const plain = Array.from({ length: dim / 2 }, (_, i) => 1 / rope_theta ** (2 * i / dim));
  const s = rope_scaling as Record<string, number> | null | undefined;
  const old = s?.original_max_position_embeddings ?? 0;
  switch (rope_scaling?.rope_type) {
    case "linear":
      return [plain.map((f) => f / s!.factor), 1];
    case "llama3":
      return [
        plain.map((f) => {
          const length = 2 * Math.PI / f;
          if (length < old / s!.high_freq_factor) return f;
          if (length > old / s!.low_freq_factor) return f / s!.factor;
          const range = s!.high_freq_factor - s!.low_freq_factor;
          const smooth = (old / length - s!.low_freq_factor) / range;
          return (1 - smooth) * f / s!.factor + smooth * f;
        }),
        1,
      ];
    case "yarn": {
      const pair = (turns: number) =>
        dim * Math.log(old / (turns * 2 * Math.PI)) / (2 * Math.log(rope_theta));
      const [low, high] = [
        Math.max(0, Math.floor(pair(32))),
        Math.min(dim - 1, Math.ceil(pair(1))),
      ];
      const ramp = (i: number) => Math.min(1, Math.max(0, (i - low) / (high - low || 0.001)));
      const slowed = plain.map((f, i) => f / s!.factor * ramp(i) + f * (1 - ramp(i)));
      return [slowed, 0.1 * Math.log(s!.factor) + 1];
    }
  }
  return [plain, 1];
}

/** The logits of a row of tokens: [pos][vocab_size]. */
export function llamaByTheBook(
  json: Json,
  tensors: Readonly<Record<string, Tensor>>,
  tokens: readonly number[],
): number[][] {
  const { head_dim: dim, num_attention_heads: heads, rms_norm_eps: eps } = json;
  const group = heads / json.num_key_value_heads;
  const [speeds, longer] = waves(json);
  /** x cos + rotate_half(x) sin, where both halves of a head have the same angles. */
  const turn = (x: number[], pos: number) =>
    x.map((xi, i) => {
      const angle = pos * speeds[i % (dim / 2)];
      const half = i < dim / 2 ? -x[i + dim / 2] : x[i - dim / 2];
      return longer * (xi * Math.cos(angle) + half * Math.sin(angle));
    });
  const headOf = (x: readonly number[], h: number) => x.slice(h * dim, (h + 1) * dim);
  let stream = tokens.map((token) => [...tensors["model.embed_tokens.weight"].get(token).data]);
  for (let layer = 0; layer < json.num_hidden_layers; layer++) {
    const at = (name: string) => tensors[`model.layers.${layer}.${name}.weight`];
    const read = stream.map((x) => rms(x, at("input_layernorm"), eps));
    const [q, k, v] = ["q", "k", "v"].map((x) =>
      read.map((row) => times(at(`self_attn.${x}_proj`), row))
    );
    stream = stream.map((x, pos) => {
      const z = Array.from({ length: heads }, (_, h) => {
        const shared = Math.floor(h / group);
        const query = turn(headOf(q[pos], h), pos);
        const scores = Array.from({ length: pos + 1 }, (_, from) => {
          const key = turn(headOf(k[from], shared), from);
          return query.reduce((sum, qi, i) => sum + qi * key[i], 0) / Math.sqrt(dim);
        });
        const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
        return Array.from({ length: dim }, (_, i) =>
          scores.reduce((sum, score, from) => {
            return sum + Math.exp(score) / total * headOf(v[from], shared)[i];
          }, 0));
      }).flat();
      return plus(x, times(at("self_attn.o_proj"), z));
    });
    stream = stream.map((x) => {
      const y = rms(x, at("post_attention_layernorm"), eps);
      const [gate, up] = ["gate", "up"].map((part) => times(at(`mlp.${part}_proj`), y));
      return plus(x, times(at("mlp.down_proj"), gate.map((value, i) => silu(value) * up[i])));
    });
  }
  return stream.map((x) =>
    times(tensors["lm_head.weight"], rms(x, tensors["model.norm.weight"], eps))
  );
}
