import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { type Experiment, readAddress, writeAddress } from "./address.ts";

Deno.test("an address keeps an experiment", () => {
  const id = fc.stringMatching(/^[a-z]+(-[a-z]+)*$/);
  const chosen = fc.record(
    { id, strength: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0) },
    { requiredKeys: ["id"] },
  );
  const experiment: fc.Arbitrary<Experiment> = fc.record({
    chosen: fc.array(chosen, { maxLength: 2 }),
    text: fc.string({ unit: "grapheme" }),
    model: fc.string(),
    head: fc.tuple(fc.nat(999), fc.nat(999)),
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
  fc.assert(fc.property(fc.string(), (query) => void readAddress(query)), { seed: 2 });
});
