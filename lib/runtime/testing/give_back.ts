/**
 * Imported by a file of tests, starts the runtime for it, has it give every session back at its end,
 * and checks that it did.
 */
import "./start.ts";
import { assertEquals } from "@std/assert";
import { openSessions, releaseSessions } from "../mod.ts";

Deno.test.afterAll(async () => {
  await releaseSessions();
  assertEquals(openSessions(), 0, "every session was given back");
});
