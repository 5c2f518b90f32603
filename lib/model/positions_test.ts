import { assertAlmostEquals, assertEquals } from "@std/assert";
import { alibiSlopes } from "./alibi.ts";
import { makeConfig } from "./config.ts";
import { frequencies } from "./embed.ts";

Deno.test("ALiBi's slopes for 8 heads are 1/2, 1/4 ... 1/256, and for 16 the roots between", () => {
  const powers = (step: number, count: number) =>
    Array.from({ length: count }, (_, h) => 2 ** (-step * (h + 1)));
  assertEquals(alibiSlopes(8), powers(1, 8), "section 3 of the paper");
  assertEquals(alibiSlopes(16), powers(0.5, 16), "2^(-1/2), 2^-1 ... 2^-8");
  assertEquals(alibiSlopes(4), [1 / 4, 1 / 16, 1 / 64, 1 / 256], "2^-2 ... 2^-8");
  assertEquals(alibiSlopes(1), [1 / 256], "one head");
});

Deno.test("for other numbers of heads every second slope of the next power is taken too", () => {
  // The paper's published get_slopes: those of the power of two below, then the 1st, 3rd, 5th ...
  // of the power of two above.
  assertEquals(alibiSlopes(3), [2 ** -4, 2 ** -8, 2 ** -2], "two heads' and one of four's");
  assertEquals(
    alibiSlopes(6),
    [2 ** -2, 2 ** -4, 2 ** -6, 2 ** -8, 2 ** -1, 2 ** -3],
    "four and two",
  );
  const twelve = [1, 2, 3, 4, 5, 6, 7, 8, 0.5, 1.5, 2.5, 3.5].map((power) => 2 ** -power);
  assertEquals(alibiSlopes(12), twelve, "eight and four");
  for (let n = 1; n <= 64; n++) assertEquals(new Set(alibiSlopes(n)).size, n, `${n} of their own`);
});

Deno.test("frequencies fall from 1 towards 1 / base, a pair of coordinates each", () => {
  const config = makeConfig({ n_layers: 1, d_model: 8, n_heads: 2, d_vocab: 5, n_ctx: 4 });
  const given = [...frequencies(config, 8).data];
  assertEquals(given.length, 4, "half of the width");
  [1, 1e-1, 1e-2, 1e-3].forEach((expected, i) => {
    // The table is rounded to 32 bits: within 2^-24 of itself.
    assertAlmostEquals(given[i], expected, expected * 2 ** -24, `10000^(-${2 * i}/8)`);
  });
  const other = frequencies({ ...config, position_base: 16 }, 4);
  assertEquals([...other.data], [1, 0.25], "base 16, width 4: 16^0 and 16^(-1/2)");
});
