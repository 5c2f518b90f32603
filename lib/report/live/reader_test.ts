import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import "../../runtime/testing/give_back.ts";
import { noCausalMask } from "../../model/sabotages/mod.ts";
import { smallModel } from "../../model/testing/small_models.ts";
import { readText } from "./reader.ts";
import { letters, reader } from "./testing/letters.ts";

const asked = { text: "abca", layer: 0, head: 1 };

Deno.test("a text is read: its pieces, guesses, losses, and what a head looks at", async () => {
  const { pieces, guesses, losses, pattern, heads, pictures } = await readText(
    reader,
    letters,
    asked,
  );
  assertEquals(pieces, ["a", "b", "c", "a"]);
  assertEquals(heads, { layers: 1, each: 3 });
  assertEquals([guesses.length, losses.length, pictures.length], [4, 3, 2]);
  for (const [first, second] of guesses) assert(first.probability >= second.probability);
  for (const [q, row] of pattern.entries()) {
    assertAlmostEquals(row.reduce((sum, weight) => sum + weight, 0), 1, 1e-6);
    assertEquals(
      row.slice(q + 1).filter((weight) => weight !== 0),
      [],
      "the mask hides what comes",
    );
  }
});

Deno.test("a broken model reads otherwise, and the unbroken one beside it", async () => {
  const { pictures: alone, ...sound } = await readText(reader, letters, asked);
  const { pictures, ...broken } = await readText(reader, letters, {
    ...asked,
    sabotage: noCausalMask,
  });
  assert(broken.pattern[0][3] > 0, "nothing is hidden");
  const { guesses, losses, pattern } = sound;
  assertEquals(broken.unbroken, { guesses, losses, pattern });
  assertEquals(sound.unbroken, undefined);
  for (const [n, { charts }] of pictures.entries()) {
    assertMatch(charts.wide, />unbroken<[^]*>broken</, "one panel for each");
    assert(!alone[n].charts.wide.includes("broken"));
  }
});

Deno.test("a pattern of many pieces has their places alone", async () => {
  const long = { ...reader, load: () => Promise.resolve(smallModel({ n_ctx: 31 })) };
  const labels = async (count: number) => {
    const text = "a".repeat(count);
    return (await readText(long, letters, { ...asked, text })).pictures[1].charts.wide;
  };
  assertMatch(await labels(30), />29 a</);
  assertMatch(await labels(31), />0<[^]*place of the word piece/);
});

Deno.test("a blank is seen in the labels of a pattern", async () => {
  const blanks = { ...letters, decode: () => " " };
  const { pictures: [, looking] } = await readText(reader, blanks, asked);
  assertStringIncludes(looking.charts.wide, "0 ␣");
});

Deno.test("what cannot be read is said in the reader's words", async () => {
  const refused = async (changes: object) =>
    (await assertRejects(() => readText(reader, letters, { ...asked, ...changes }), RangeError))
      .message;
  assertEquals(
    await refused({ text: " \n" }),
    "Write a few words: an empty text has no next word.",
  );
  assertEquals(
    await refused({ text: "abcabcabc" }),
    "The text is too long: it has 9 word pieces, and the model's window holds 8.",
  );
  assertEquals(await refused({ head: 3 }), "There is no head 0.3: 1 layers of 3 heads");
  assertEquals(await refused({ layer: -1 }), "There is no head -1.1: 1 layers of 3 heads");
});
