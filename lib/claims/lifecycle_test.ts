import { assertEquals, assertStringIncludes } from "@std/assert";
import { afterEachRun } from "./lifecycle.ts";
import { runClaim } from "./plan.ts";
import { type Line, line, lines, throughZero } from "./testing/toy.ts";

// Registered for good, as fixtures do; this file's tests share the count.
let calls = 0;
let failure: Error | undefined;
afterEachRun(() => {
  calls++;
  if (failure) throw failure;
});

async function callsDuring(work: () => Promise<unknown>): Promise<number> {
  const before = calls;
  await work();
  return calls - before;
}

Deno.test("what a run leaves behind is cleaned up after each subject, member and control", async () => {
  const spec = throughZero({ on: [line("one"), line("two", 2), lines()] });
  assertEquals(await callsDuring(() => runClaim(spec)), 2 * (1 + 1 + 24));
});

Deno.test("it is cleaned up also where loading, measuring or checking throws", async () => {
  const crash = () => {
    throw new TypeError("no such hook");
  };
  const unloadable = { ...line("one"), load: crash };
  for (const change of [{ on: [unloadable] }, { measure: crash }, { check: crash }]) {
    const count = await callsDuring(() => runClaim(throughZero(change)));
    assertEquals(count, 2, "once for the subject, once for the control");
  }
});

Deno.test("a claim that does not fit cleans nothing up", async () => {
  const spec = throughZero({ needs: () => "never" });
  assertEquals(await callsDuring(() => runClaim(spec)), 0);
});

Deno.test("a crash in cleaning up is broken, and keeps what was measured", async () => {
  failure = new Error("still in use");
  const measure = ({ bias }: Line) => ({ at: bias });
  const record = await runClaim(throughZero({ measure })).finally(() => failure = undefined);
  assertEquals(record.verdict, "broken");
  assertStringIncludes(record.reason!, "cleaning up threw Error: still in use");
  assertEquals(record.runs[0].evidence, { at: 0 });
});
