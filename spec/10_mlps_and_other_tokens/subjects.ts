/** Whom question 10 asks, besides random models and one of each wiring. */
import { sabotaged } from "../../mod.ts";
import * as sabotages from "../../lib/model/sabotages/mod.ts";
import * as models from "../../fixtures/mod.ts";

export const [small] = models.bothSeeds("learned");

/** Who is broken on purpose; more of them would show no more. */
export const victims = [models.tiny, small];

export const leaky = sabotaged(victims, sabotages.leakyMlp(0.01));
