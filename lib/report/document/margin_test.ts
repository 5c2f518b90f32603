import { assertEquals } from "@std/assert";
import { margins } from "./margin.ts";
import * as sample from "../testing/sample.ts";

const bound = { field: "others", below: 1e-5, what: "how far the others move" };

Deno.test("a margin has what was measured, the bound, and the nearest control beyond it", () => {
  const far = sample.control({ evidence: { others: 7 } });
  const inside = sample.control({ evidence: { others: 0 } });
  const runs = [sample.run(), ...sample.family(2), far, inside, sample.control()];
  const [margin] = margins(sample.claim({ runs, bounds: [bound] }));
  assertEquals(margin.points.map(({ value }) => value), [0, 0, 0]);
  assertEquals(margin.control?.value, 0.0123);
  assertEquals(
    margin.words,
    "how far the others move: 0 on 3 models. Required: below 1e-5. " +
      "The nearest control, “an MLP that mixes in its left neighbour” on gpt: 0.0123.",
  );
});

Deno.test("of several numbers of a run that counts which is nearest to the bound, or beyond it", () => {
  const runs = [sample.run({ evidence: { heads: [{ kl: 3 }, { kl: 0.4 }, { kl: 9 }] } })];
  const above = { field: "heads.kl", above: 0.5, what: "nats" };
  const [{ points, control }] = margins(sample.claim({ runs, bounds: [above] }));
  assertEquals([points, control], [[{ model: "gpt", name: "", value: 0.4 }], undefined]);
});

Deno.test("a belief is beside a control that keeps to its bound", () => {
  const runs = [
    sample.run({ verdict: "fails", evidence: { others: 1 } }),
    sample.control({ verdict: "holds", evidence: { others: 0 } }),
  ];
  const [{ control }] = margins(sample.claim({ direction: "refuted", runs, bounds: [bound] }));
  assertEquals(control?.value, 0);
});

Deno.test("without a bound it is what the answer quotes; what is not there is not drawn", () => {
  assertEquals(margins(sample.claim({ quoted: "self" }))[0].points.length, 7);
  assertEquals(margins(sample.claim({ quoted: "nothing" })), []);
  assertEquals(margins(sample.claim()), []);
  const broken = [sample.run({ verdict: "broken", evidence: null })];
  assertEquals(margins(sample.claim({ runs: broken, bounds: [bound] })), []);
});
