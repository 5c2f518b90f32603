import { assertEquals } from "@std/assert";
import { checks } from "./check.ts";

Deno.test("the documentation of every entry is checked, and its examples are run", () => {
  const commands = checks(["./mod.ts", "./lib/a/mod.ts"]).map((args) => args.join(" "));
  assertEquals(commands.slice(-2), [
    "doc --lint ./mod.ts ./lib/a/mod.ts",
    "test --doc ./mod.ts ./lib/a/mod.ts",
  ]);
});
