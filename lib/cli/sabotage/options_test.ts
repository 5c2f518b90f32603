import { assertEquals, assertThrows } from "@std/assert";
import { catalogue } from "../../model/sabotages/catalogue.ts";
import { readSabotageOptions } from "./options.ts";

const ALL = catalogue.map(({ id }) => id);
const sabotages = (...args: string[]) => readSabotageOptions(args).sabotages;

Deno.test("the shards of the catalogue are the catalogue, and no two have one sabotage", () => {
  assertEquals(sabotages(), ALL);
  const shards = [1, 2, 3].flatMap((part) => sabotages(`--shard=${part}/3`));
  assertEquals(shards.length, ALL.length);
  assertEquals(new Set(shards), new Set(ALL));
});

Deno.test("some may be named, and come in the order of the catalogue", () => {
  assertEquals(sabotages("--only=leaky-mlp,fixed-length"), ["fixed-length", "leaky-mlp"]);
});

Deno.test("files are merged, and nothing else is wanted then", () => {
  assertEquals(readSabotageOptions(["--merge", "a.json", "b.json"]).merge, ["a.json", "b.json"]);
});

Deno.test("what is not understood is refused", () => {
  const refused = (...args: string[]) =>
    assertThrows(() => readSabotageOptions(args), RangeError).message;
  assertEquals(refused("--quick"), 'There is no option "quick": see --help');
  assertEquals(refused("a.json"), 'There is no option "a.json": see --help');
  assertEquals(refused("--only=no-mask"), 'There is no sabotage "no-mask"');
  assertEquals(refused("--merge"), "Bad --merge: files are required");
  for (const shard of ["0/2", "3/2", "1", "a/b"]) {
    const message = `Bad --shard: I/N with I from 1 to N is required, got "${shard}"`;
    assertEquals(refused(`--shard=${shard}`), message);
  }
  assertEquals(
    refused("--workers=0"),
    'Bad --workers: a number from 1 to 9 is required, got "0"',
  );
});
