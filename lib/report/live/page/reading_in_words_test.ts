import { assertEquals } from "@std/assert";
import { guessInWords, lossInWords, partsInWords } from "./reading_in_words.ts";

const read = (guess: string, ...losses: number[]) => ({
  guesses: [[{ piece: guess, probability: 0.124 }]],
  losses,
  pattern: [[1]],
});

Deno.test("the loss of a broken model stands beside that of the unbroken one", () => {
  const broken = read("so", 7, 9);
  assertEquals(lossInWords(broken), "The loss is 8.00 nats for each that came.");
  const said = "The loss is 8.00 nats for each that came (unbroken: 4.34).";
  assertEquals(lossInWords({ ...broken, unbroken: read("so", 4.34) }), said);
  assertEquals(lossInWords(read("so")), "", "after the only piece nothing came");
});

Deno.test("parts of characters are explained where they are seen, in the text or a guess", () => {
  const said = "\ufffd is a part of a character: such letters take several pieces.";
  assertEquals(partsInWords({ ...read("so"), pieces: ["and"] }), "");
  assertEquals(partsInWords({ ...read("so"), pieces: ["and", "\ufffd"] }), said);
  assertEquals(partsInWords({ ...read(" \ufffd"), pieces: ["and"] }), said);
  assertEquals(partsInWords({ ...read("so"), unbroken: read("\ufffd"), pieces: ["and"] }), said);
});

Deno.test("a guess has its probability, and a blank is seen", () => {
  const [[guess]] = read(" ").guesses;
  assertEquals(guessInWords(guess), "␣ 12%");
});
