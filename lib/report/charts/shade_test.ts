import { assert, assertEquals } from "@std/assert";
import { shade } from "./shade.ts";

Deno.test("exactly zero has no shade, and the smallest other value has one", () => {
  const { opacity, keys } = shade([0, 1e-9, 2]);
  assertEquals([opacity(0), opacity(2)], [0, 1], "zero and the greatest");
  assert(opacity(1e-9) >= 0.3, `a nudge must be seen: ${opacity(1e-9)}`);
  assertEquals(
    keys.map((key) => key.label),
    ["1e-9", "0.67", "1.3", "2", "empty: exactly 0"],
    "and the key says so",
  );
});

Deno.test("negative values have another colour", () => {
  const { colour, opacity } = shade([-2, 1]);
  assert(colour(-2) !== colour(1), "the sign is seen");
  assertEquals(opacity(-2), 1, "and its size");
});

Deno.test("on a logarithmic shade the middle power is halfway", () => {
  const { opacity } = shade([1e-4, 1e-2, 1], true);
  assertEquals(opacity(1), 1, "the greatest");
  assert(Math.abs(opacity(1e-2) - (opacity(1e-4) + 1) / 2) < 1e-12, "between the ends");
});

Deno.test("values that are all zero have a key and no shade", () => {
  const { opacity, keys } = shade([0, 0]);
  assertEquals(
    [opacity(0), keys.map((key) => key.label)],
    [0, ["empty: exactly 0"]],
    "nothing else",
  );
});

Deno.test("the key has a few stops between the ends: by powers where the shade is by powers", () => {
  const labels = (values: number[], log = false) => shade(values, log).keys.map((k) => k.label);
  assertEquals(labels([1, 4]), ["1", "2", "3", "4"], "even steps");
  assertEquals(labels([1e-3, 1], true), ["0.001", "0.01", "0.1", "1"], "even powers");
  assertEquals(labels([-4, -1, 2, 8]), ["-4", "-1", "2", "8"], "both signs");
  assertEquals(labels([5, 5]), ["5"], "one value");
});
