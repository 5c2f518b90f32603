import { parseArgs } from "@std/cli/parse-args";
import { assertEquals, assertStrictEquals } from "@std/assert";

Deno.test("options are read in every form, and the rest are positional", () => {
  const args = ["gpt", "12", "--no-times", "--run-id=7", "--seed", "3"];
  const parsed = parseArgs(args, { boolean: ["no-times", "fast"], string: ["run-id", "seed"] });
  assertStrictEquals(parsed["no-times"], true);
  assertStrictEquals(parsed.fast, false, "a flag that was not given is false");
  assertStrictEquals(parsed["run-id"], "7", "an option that takes a value stays a string");
  assertStrictEquals(parsed.seed, "3");
  assertEquals(parsed._, ["gpt", 12]);
});

Deno.test("an option with no value is empty, and one not given is undefined", () => {
  const parsed = parseArgs(["--run-id"], { string: ["run-id", "seed"] });
  assertStrictEquals(parsed["run-id"], "");
  assertStrictEquals(parsed.seed, undefined);
});
