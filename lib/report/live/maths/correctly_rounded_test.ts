import { assertEquals } from "@std/assert";
import { Random } from "../../../tensor/mod.ts";
import * as rounded from "./correctly_rounded.ts";

type Name = "exp" | "log" | "sin" | "cos";
const NAMES: readonly Name[] = ["exp", "log", "sin", "cos"];

const view = new DataView(new ArrayBuffer(8));
const random = new Random("correctly rounded");
const spread = (width: number) => (random.uniform() - 0.5) * width;
const small = (power: number) => 2 ** -random.integer(0, power);

/** Ways to draw an argument. */
const DRAWS = {
  "any bits": () => {
    for (const at of [0, 4]) view.setUint32(at, random.integer(0, 2 ** 32 - 1));
    return view.getFloat64(0);
  },
  "next to 0": () => spread(2) * small(80),
  "next to 1": () => 1 + spread(1) * small(50),
  "a few last places from 1": () => 1 + random.integer(-4096, 4096) * 2 ** -53,
  "of few digits": () => random.integer(-4096, 4096) * small(60),
  "a ratio": () => random.integer(1, 1000) / random.integer(1, 1000),
  "usual": () => spread(40),
  "up to what exp overflows at": () => spread(1500),
  "where exp is subnormal": () => -708 - 38 * random.uniform(),
  "up to 2^20": () => spread(2 ** 21),
  "a double next to a multiple of π/2": () => random.integer(0, 600_000) * (Math.PI / 2),
};

for (const name of NAMES) {
  Deno.test(`${name} is Deno's to the bit on arguments of all magnitudes`, () => {
    for (const [how, draw] of Object.entries(DRAWS)) {
      for (let i = 0; i < 5_000; i++) {
        const x = name === "log" ? Math.abs(draw()) : draw();
        // Deno's sine of some numbers that small is off: below.
        if (name === "sin" && Math.abs(x) < 2 ** -960) continue;
        const [ours, denos] = [rounded[name](x), Math[name](x)];
        if (!Object.is(ours, denos)) assertEquals(ours, denos, `${name}(${x}), ${how}`);
      }
    }
  });
}

Deno.test("atan2 is Deno's to the bit on points near and far", () => {
  for (const [how, draw] of Object.entries(DRAWS)) {
    for (let i = 0; i < 5_000; i++) {
      const [y, x] = [draw(), draw()];
      const [ours, denos] = [rounded.atan2(y, x), Math.atan2(y, x)];
      if (!Object.is(ours, denos)) assertEquals(ours, denos, `atan2(${y}, ${x}), ${how}`);
    }
  }
});

Deno.test("at the edges they are what IEEE 754 asks for", () => {
  const edges = [0, 1, 5e-324, 2 ** -1022, 2 ** -53, 2 ** -54, 2 ** -26, 2 ** -27, 2 ** 20, 1e300];
  const ofExp = [709.782712893384, 709.7827128933841, 708.3964185322641, 745.1332191019411, 746];
  const numbers = [...edges, ...ofExp, 745.1332191019412, Number.MAX_VALUE, Infinity, NaN];
  for (const x of numbers.flatMap((x) => [x, -x])) {
    for (const name of NAMES) assertEquals(rounded[name](x), Math[name](x), `${name}(${x})`);
    for (const y of [0, -0, 1, -1, x, -x, Infinity, -Infinity, NaN]) {
      assertEquals(rounded.atan2(y, x), Math.atan2(y, x), `atan2(${y}, ${x})`);
    }
  }
  assertEquals([rounded.exp(-Infinity), rounded.exp(710), rounded.exp(-746)], [0, Infinity, 0]);
  assertEquals([rounded.log(0), rounded.log(-1), rounded.log(1)], [-Infinity, NaN, 0]);
  assertEquals([rounded.atan2(-0, -1), rounded.atan2(0, 0)], [-Math.PI, 0]);
  assertEquals([rounded.sin(-0), rounded.sin(Infinity), rounded.cos(-0)], [-0, NaN, 1]);
});

// Worked out by mpmath at 600 bits and rounded to the nearest double. How far the value is from the
// middle between two doubles, in units of their distance, stands behind it where that is little.
const KNOWN: readonly [name: Name, x: number, value: number][] = [
  ["exp", 1, 2.718281828459045],
  ["exp", 7.541752774995959e-10, 1.0000000007541754], // 2.3e-18
  ["exp", -744.4400719213812, 5e-324],
  ["log", 3, 1.0986122886681098],
  ["log", 1 - 2 ** -53, -1.1102230246251565e-16], // -2^-53 - 2^-107 - ..., a quarter of a place
  ["log", 5e-324, -744.4400719213812],
  ["sin", 1e6, -0.34999350217129294],
  ["sin", 0.010545215857541628, 0.010545020417855249], // 8.3e-19
  ["sin", Math.PI, 1.2246467991473532e-16],
  ["cos", 355, -0.999999999545659],
  ["cos", Math.PI / 2, 6.123233995736766e-17],
];

for (const [name, x, value] of KNOWN) {
  Deno.test(`${name}(${x}) is the double next to the true value`, () => {
    assertEquals(rounded[name](x), value);
  });
}

Deno.test("the sine of next to nothing is itself", () => {
  // x - x³/6, where the cube is far below the last place. Deno's is off by a place there, as it
  // subtracts 2^-54 of x, which is subnormal and is rounded to half a place.
  const x = 1.5804057486664982e-307;
  for (const tiny of [x, -x, 5e-324, 2 ** -1022]) assertEquals(rounded.sin(tiny), tiny);
});
