import type { Model } from "../../model/mod.ts";
import { run, type Tokens } from "../../runtime/mod.ts";
import { dot, mean } from "../../tensor/mod.ts";

/**
 * How alike the vectors at two positions of a text are, by how far apart these are: the mean cosine
 * over all such pairs of all texts. The first number is that of neighbours.
 *
 * @param rows Texts of one length.
 * @param hook Where to read: [batch, pos, width].
 */
export async function similarityByDistance(
  model: Model,
  rows: Tokens,
  hook: string,
): Promise<number[]> {
  const texts = (await run(model, rows, { hooks: [hook] })).get(hook).unstack();
  const vectors = texts.map((text) => text.unstack().map(({ data }) => data));
  const lengths = vectors.map((text) => text.map((vector) => Math.sqrt(dot(vector, vector))));
  const distances = Array.from({ length: rows[0].length - 1 }, (_, i) => i + 1);
  return distances.map((apart) =>
    mean(
      vectors.flatMap((text, row) =>
        text.slice(apart).map((vector, p) =>
          dot(vector, text[p]) / (lengths[row][p + apart] * lengths[row][p])
        )
      ),
    )
  );
}
