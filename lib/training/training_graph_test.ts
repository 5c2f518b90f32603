/** The gradients of whole transformers: a sample here, all of them in the longer suite. */
import "../../fixtures/runtime.ts";
import { assertEquals } from "@std/assert";
import { makeConfig } from "../model/config.ts";
import { parameterShapes } from "../model/params.ts";
import { checkModelGradients, SMALL, VARIANTS } from "./testing/model_gradients.ts";
import { gradientOf, trainingGraph } from "./training_graph.ts";

for (const [what, change] of Object.entries(VARIANTS)) {
  const [much, elements] = what === "learned positions" ? ["all", Infinity] : ["some", 4];
  Deno.test(`${much} gradients of every parameter are the loss's slopes: ${what}`, async () => {
    await checkModelGradients(makeConfig({ ...SMALL, ...change }), { elements });
  });
}

Deno.test("a training graph is fed parameters and text, and names loss and gradients", () => {
  const config = makeConfig({ ...SMALL, attn_only: true });
  const parameters = Object.keys(parameterShapes(config));
  const g = trainingGraph(config, [2, 3]);
  assertEquals(
    g.inputs.map(({ name, shape }) => [name, shape]).filter(([name]) =>
      !parameters.includes(name as string)
    ),
    [["tokens", [2, 3]], ["targets", [2, 3]], ["loss_weights", [2, 3]]],
  );
  assertEquals(g.find("loss")?.shape, [], "the loss is one number");
  for (const [name, shape] of Object.entries(parameterShapes(config))) {
    assertEquals(g.find(gradientOf(name))?.shape, shape, `the gradient of ${name}`);
  }
});
