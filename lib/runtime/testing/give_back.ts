/** Imported by a file of tests, has it give every session back at its end, and checks that it did. */
import { assertEquals } from "@std/assert";
import { openSessions, releaseSessions } from "../mod.ts";

Deno.test.afterAll(async () => {
  await releaseSessions();
  assertEquals(openSessions(), 0, "every session was given back");
});
