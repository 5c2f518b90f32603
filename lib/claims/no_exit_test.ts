import { assertThrows } from "@std/assert";
import process from "node:process";
import "./question.ts";

Deno.test("a test file cannot end its process, and is told where it tried", () => {
  const ways = { "Deno.exit": () => Deno.exit(0), "node:process": () => process.exit(0) };
  for (const [name, exit] of Object.entries({ ...ways, close: () => close() })) {
    const place = "was called at lib/claims/no_exit_test.ts:6";
    assertThrows(exit, Error, "A test file must not end its process", name);
    if (name === "Deno.exit") assertThrows(exit, Error, place);
  }
});
