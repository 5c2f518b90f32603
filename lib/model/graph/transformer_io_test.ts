/** The runtime against the reference on every kind of model: too many for the plain suite, nothing else. */
import "../../runtime/testing/give_back.ts";
import { makeConfig, SCHEMES } from "../config.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { assertAgreement, LLAMA, VARIANTS } from "../../runtime/testing/agreement.ts";

for (const positions of SCHEMES) {
  for (const normalization of ["LN", "RMS", "none"] as const) {
    const kind = `positions: ${positions}, normalization: ${normalization}`;
    Deno.test(`the runtime agrees with the reference at every hook, swept: ${kind}`, async () => {
      for (const [i, variant] of [...VARIANTS, LLAMA].entries()) {
        const seed = 3 * i + ["LN", "none", "RMS"].indexOf(normalization); // eighteen a scheme
        await assertAgreement(makeConfig({ ...variant, positions, normalization }), seed);
      }
      await releaseSessions();
    });
  }
}
