/**
 * Imported by a file of tests, starts the runtime, has the file give every session back at its end, and
 * checks that it did.
 */
import { assertEquals } from "@std/assert";
import { releaseSessions } from "../pool.ts";
import { openSessions } from "../session.ts";
import "./start.ts";

Deno.test.afterAll(async () => {
  await releaseSessions();
  assertEquals(openSessions(), 0, "every session was given back");
});
