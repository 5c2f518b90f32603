import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { type Experiment, readAddress, writeAddress } from "./address.ts";

Deno.test("an address keeps an experiment", () => {
  const id = fc.stringMatching(/^[a-z]+(-[a-z]+)*$/);
  const head = fc.tuple(fc.nat(999), fc.nat(999));
  const strength = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  const chosen = fc.record({ id, strength, head }, { requiredKeys: ["id"] });
  const experiment: fc.Arbitrary<Experiment> = fc.record({
    chosen: fc.array(chosen, { maxLength: 2 }),
    text: fc.string({ unit: "grapheme" }),
    model: fc.string(),
    head,
  }, { requiredKeys: ["chosen"] });
  fc.assert(
    fc.property(experiment, (tried) => assertEquals(readAddress(writeAddress(tried)), tried)),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("whatever an address says, it is read", () => {
  assertEquals(readAddress("?break=a:x&break=b:1&break=c&head=1&text="), {
    chosen: [{ id: "a" }, { id: "b", strength: 1 }],
    text: "",
  });
  assertEquals(readAddress("?break=a@1.3&break=b:2@x").chosen, [
    { id: "a", head: [1, 3] },
    { id: "b:2@x" },
  ]);
  fc.assert(fc.property(fc.string(), (query) => void readAddress(query)), { seed: 2 });
});
