import { assertEquals, assertLess, assertNotEquals, assertThrows } from "@std/assert";
import { textBatches } from "./batches.ts";

/** Texts whose tokens say where they are from: text 1 has tokens 100, 101, ... */
const texts = (...lengths: number[]) =>
  lengths.map((length, text) => Uint32Array.from({ length }, (_, i) => 100 * text + i));

Deno.test("a row is a window of one text: length inputs and one token more", () => {
  const batches = textBatches(texts(30, 7, 50), { batch: 40, length: 6, seed: 1 });
  const rows = batches(0);
  assertEquals(rows.length, 40);
  for (const row of rows) {
    const consecutive = Array.from({ length: 7 }, (_, i) => row[0] + i);
    assertEquals(row, consecutive, "a window never crosses into another text");
    assertLess(row[0] % 100 + 6, [30, 7, 50][Math.floor(row[0] / 100)], "nor past its end");
  }
});

Deno.test("a batch depends on the seed and the step and on nothing that came before", () => {
  const options = { batch: 8, length: 5, seed: "a" };
  const drawn = (change = {}) => textBatches(texts(99), { ...options, ...change });
  const inOrder = Array.from({ length: 6 }, (_, step) => drawn()(step));
  const resumed = drawn();
  assertEquals(resumed(5), inOrder[5], "a run that starts at step 5 sees what step 5 saw");
  assertEquals(resumed(2), inOrder[2], "also after a later step");
  assertNotEquals(inOrder[0], inOrder[1], "steps differ");
  assertNotEquals(drawn({ seed: "b" })(0), inOrder[0], "seeds differ");
});

Deno.test("every window is as likely as any other, whichever text it is in", () => {
  // 3 + 1 + 0 + 6 windows of 5 tokens; the text of 4 tokens has none.
  const batches = textBatches(texts(7, 5, 4, 10), { batch: 100, length: 4, seed: 3 });
  const counts = new Map<number, number>();
  for (let step = 0; step < 100; step++) {
    for (const [first] of batches(step)) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  assertEquals(
    [...counts.keys()].sort((a, b) => a - b),
    [0, 1, 2, 100, 300, 301, 302, 303, 304, 305],
  );
  // 10,000 draws of 10 windows: a count is 1,000 with standard deviation 30. 4.5 of them is 135.
  for (const [first, count] of counts) {
    assertLess(Math.abs(count - 1000), 135, `the window at ${first} was drawn ${count} times`);
  }
});

Deno.test("texts that are all too short, and sizes that are none, are refused", () => {
  const drawn = (change = {}) =>
    textBatches(texts(4, 5), { batch: 2, length: 5, seed: 1, ...change });
  const short = "a text must have at least 6 tokens, none of 2 has";
  assertThrows(() => drawn(), RangeError, short);
  assertThrows(() => drawn({ batch: 0 }), RangeError, "batch must be");
  assertThrows(() => drawn({ length: 1.5 }), RangeError, "got 1.5");
  const batches = drawn({ length: 2 });
  assertThrows(() => batches(-1), RangeError, "a whole number from 0, got -1");
});
