/** The runtime against the reference on every kind of model: too many for the plain suite, nothing else. */
import "../../runtime/testing/give_back.ts";
import { makeConfig, SCHEMES } from "../config.ts";
import { releaseSessions } from "../../runtime/pool.ts";
import { assertAgreement, VARIANTS } from "../../runtime/testing/agreement.ts";

for (const positions of SCHEMES) {
  for (const normalization of ["LN", "none"] as const) {
    const kind = `positions: ${positions}, normalization: ${normalization}`;
    Deno.test(`the runtime agrees with the reference at every hook, swept: ${kind}`, async () => {
      for (const [i, variant] of VARIANTS.entries()) {
        const seed = 2 * i + (normalization === "LN" ? 1 : 2); // ten for each scheme
        await assertAgreement(makeConfig({ ...variant, positions, normalization }), seed);
      }
      await releaseSessions();
    });
  }
}
