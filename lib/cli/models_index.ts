import { nameWithoutSeed } from "../training/recipe.ts";
import { type AnyRecipe, isAutoencoder } from "./any_recipe.ts";

/**
 * The source of `fixtures/models/index.ts`: a row for every model, with its recipe and its files as
 * literal imports, which need no permission, where computed ones would.
 */
export function modelsIndex(recipes: readonly AnyRecipe[]): string {
  const folders = [...new Set(recipes.map(nameWithoutSeed))];
  const imports = folders.map((name) => `import ${camel(name)} from "./${name}/recipe.ts";`);
  const rows = (some: readonly AnyRecipe[]) => some.map((each) => row(each, recipes)).join("\n");
  return `// Written by \`deno task fixtures\` from the recipes that there are: not to be edited.
// deno-fmt-ignore-file
import { fixture } from "../fixture.ts";
${imports.join("\n")}

/** Every transformer that the project has trained. */
export const transformers = {
${rows(recipes.filter((recipe) => !isAutoencoder(recipe)))}
};

/** Every toy autoencoder that the project has trained. */
export const toyAutoencoders = {
${rows(recipes.filter(isAutoencoder))}
};
`;
}

function row(recipe: AnyRecipe, all: readonly AnyRecipe[]): string {
  const { name } = recipe;
  const file = nameWithoutSeed(recipe);
  const seeds = all.filter((other) => nameWithoutSeed(other) === file);
  const one = name === file ? camel(file) : `${camel(file)}[${seeds.indexOf(recipe)}]`;
  const files = ["card.json", "config.json", "model.safetensors"].map((each) =>
    `() => import("./${name}/${each}", { with: { type: "bytes" } })`
  );
  return `  "${name}": fixture(${[one, ...files].join(", ")}),`;
}

/** `learned-x4` as `learnedX4`. */
function camel(folder: string): string {
  return folder.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
