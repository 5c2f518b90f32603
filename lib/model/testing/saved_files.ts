import type { Card, ReadFile, SavedModel } from "../mod.ts";

/** For tests: a card that vouches for saved weights. */
export function cardFor({ weights_sha256, bytes }: SavedModel, name = "tiny"): Card {
  return {
    name,
    recipe: "nowhere.ts",
    seed: 1,
    data: [],
    steps: 0,
    tokens: 0,
    seconds: 0,
    loss_curve: [],
    figures: [],
    weights_sha256,
    bytes,
  };
}

/** For tests: saved files as a folder of bytes, in which some may be others; or missing. */
export function folderOf(
  saved: SavedModel,
  changes: { config?: unknown; weights?: Uint8Array; card?: unknown } = {},
): ReadFile {
  const { config, weights, card } = { ...saved, ...changes };
  const bytes = (json: unknown) =>
    json ? new TextEncoder().encode(JSON.stringify(json)) : undefined;
  return (file) =>
    ({ "config.json": bytes(config), "model.safetensors": weights, "card.json": bytes(card) })[
      file
    ];
}
