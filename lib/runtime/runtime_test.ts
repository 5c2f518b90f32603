/**
 * Whatever needs the runtime and no more: this folder's tests, and those of a model's graph. Starting it
 * takes a third of a second in each file of tests, so there is one, and the cases lie in `testing/`.
 */
import "../../fixtures/runtime.ts";
import "./testing/engine_cases.ts";
import "./testing/pool_cases.ts";
import "./testing/run_cases.ts";
import "./testing/decoder_cases.ts";
import "./testing/interventions_cases.ts";
import "./testing/positions_cases.ts";
import "./testing/sabotages_cases.ts";
import "./testing/reference_cases.ts";
import { assertEquals } from "@std/assert";
import { openSessions } from "./engine.ts";
import { releaseSessions } from "./pool.ts";

// Cases ask for the same small models: their sessions stay until the end.
Deno.test.afterAll(async () => {
  await releaseSessions();
  assertEquals(openSessions(), 0, "every session was given back");
});
