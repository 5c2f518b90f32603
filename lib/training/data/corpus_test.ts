import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { charactersIn, normalize, splitTexts } from "./corpus.ts";

const texts = (...lengths: number[]) =>
  lengths.map((length, i) => ({ name: `${i}.txt`, text: "x".repeat(length) }));

Deno.test("every text is in exactly one part, whole and in order, and enough is held out", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 20, maxLength: 60 }),
      fc.string(),
      (lengths, seed) => {
        const all = texts(...lengths);
        const { training, heldOut } = splitTexts(all, { seed, heldOutShare: 0.05 });
        const held = new Set(heldOut);
        assertEquals(training, all.filter((text) => !held.has(text)), "the rest is trained on");
        assertEquals(heldOut, all.filter((text) => held.has(text)), "in the order they came in");
        const characters = charactersIn(heldOut);
        assertGreaterOrEqual(characters, 0.05 * charactersIn(all), "at least the share");
        const withoutOne = heldOut.map(({ text }) => characters - text.length);
        assert(
          withoutOne.some((less) => less < 0.05 * charactersIn(all)),
          "it stops at the first text that is enough, so some text was needed",
        );
      },
    ),
    { seed: 1 },
  );
});

Deno.test("the seed alone decides which texts are held out", () => {
  const all = texts(...Array.from({ length: 50 }, () => 10));
  const names = (seed: string) =>
    splitTexts(all, { seed, heldOutShare: 0.1 }).heldOut.map(({ name }) => name);
  assertEquals(names("a"), names("a"), "the same seed draws the same texts");
  assertEquals(names("a").length, 5, "a tenth of 50 equal texts");
  assertNotEquals(names("a"), names("b"), "another seed draws others");
});

Deno.test("a split that would leave nothing to learn from is refused", () => {
  assertThrows(
    () => splitTexts(texts(5, 5), { seed: "a", heldOutShare: 0.9 }),
    RangeError,
    "Cannot split 2 texts: holding out 0.9 of them leaves none to learn from",
  );
});

Deno.test("normalizing changes line ends and outer blanks only", () => {
  assertEquals(normalize("\r\n It’s—\r\nso.  \n\n “Yes”\t\n"), "It’s—\nso.  \n\n “Yes”");
});

Deno.test("a character outside the basic plane counts once", () => {
  assertEquals(charactersIn([{ name: "a", text: "a🐋b" }, { name: "b", text: "—" }]), 4);
});
