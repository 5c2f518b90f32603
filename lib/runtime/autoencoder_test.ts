import { assertAlmostEquals, assertEquals } from "@std/assert";
import { drawFeatures, makeAutoencoder, reconstruct } from "../model/autoencoder/autoencoder.ts";
import { Random } from "../tensor/random.ts";
import { runAutoencoder } from "./autoencoder.ts";
import { openSessions } from "./session.ts";
import "./testing/give_back.ts";

Deno.test("the runtime rebuilds what plain loops do", async () => {
  const config = { n_features: 3, d_hidden: 2, sparsity: 0.5, decay: 0.9 };
  // Of a size at which the ReLU is open for some features and shut for others.
  const W = new Random("W").normalTensor([2, 3], 0.7);
  const model = makeAutoencoder("toy", config, { W, b: new Random("b").normalTensor([3], 0.3) });
  const x = drawFeatures(config, 5, new Random("autoencoder"));
  const open = openSessions();
  const { hidden, output } = await runAutoencoder(model, x);
  assertEquals([hidden.shape, output.shape], [[5, 2], [5, 3]]);
  for (let row = 0; row < 5; row++) {
    // Numbers of about 1 in 32 bits, five operations deep.
    reconstruct(model, [...x.get(row).data]).forEach((y, i) =>
      assertAlmostEquals(output.at(row, i), y, 1e-6, `row ${row}, feature ${i}`)
    );
  }
  assertEquals(openSessions(), open, "the session was released");
});
