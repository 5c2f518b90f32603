import { checkpointsSource } from "./checkpoints_source.ts";
import { findRecipes } from "./find_recipes.ts";
import { writeWhole } from "../training/whole_file.ts";

if (import.meta.main) {
  const fixtures = new URL("../../fixtures/", import.meta.url);
  const recipes = [...(await findRecipes(fixtures)).values()];
  await writeWhole(new URL("checkpoints.ts", fixtures), checkpointsSource(recipes));
}
