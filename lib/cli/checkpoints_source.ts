import { type AnyRecipe, isAutoencoder } from "../training/learners.ts";
import { recipeFile } from "../training/recipe.ts";

/**
 * The source of `fixtures/checkpoints.ts`: the files of every trained model as literal imports, which
 * need no permission, where computed ones would. Written by `deno task fixtures`.
 */
export function checkpointsSource(recipes: readonly AnyRecipe[]): string {
  const files = [...new Set(recipes.map(recipeFile))].map((file) => file.split("/")[2]);
  const imports = files.map((folder) =>
    `import ${camel(folder)} from "./models/${folder}/recipe.ts";`
  );
  const entries = (some: readonly AnyRecipe[]) =>
    some.map((recipe) => entry(recipe, recipes)).join("\n");
  return `// Written by \`deno task fixtures\` from the recipes that there are: not to be edited.
import type { AutoencoderCheckpoint, Checkpoint } from "./checkpoint.ts";
${imports.join("\n")}

/** Every transformer that the project trains, by its name. */
export const checkpoints = {
${entries(recipes.filter((recipe) => !isAutoencoder(recipe)))}
} satisfies Record<string, Checkpoint>;

/** Every toy autoencoder that the project trains, by its name. */
export const autoencoderCheckpoints = {
${entries(recipes.filter(isAutoencoder))}
} satisfies Record<string, AutoencoderCheckpoint>;
`;
}

function entry(recipe: AnyRecipe, all: readonly AnyRecipe[]): string {
  const file = recipeFile(recipe);
  const folder = camel(file.split("/")[2]);
  const seeds = all.filter((other) => recipeFile(other) === file);
  const one = recipe.name.includes("/") ? `${folder}[${seeds.indexOf(recipe)}]` : folder;
  return `  ${JSON.stringify(recipe.name)}: {
    recipe: ${one},
${read("card", `./models/${recipe.name}/card.json`)}
${read("config", `./models/${recipe.name}/config.json`)}
${read("weights", `./models/${recipe.name}/model.safetensors`)}
  },`;
}

/** A field that reads a file, on two lines where `deno fmt` wants them. */
function read(field: string, path: string): string {
  const source = `import("${path}", { with: { type: "bytes" } }),`;
  const line = `    ${field}: () => ${source}`;
  return line.length <= 100 ? line : `    ${field}: () =>\n      ${source}`;
}

/** `learned-x4` as `learnedX4`. */
function camel(folder: string): string {
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
