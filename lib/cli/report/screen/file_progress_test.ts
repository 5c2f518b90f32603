import { assertEquals } from "@std/assert";
import { answerTest } from "../../../claims/names.ts";
import { afterTest, seenAt, waiting } from "./file_progress.ts";

const file = "spec/01_a_test.ts";
const ended = (test: string, passed = true) => ({ file, test, passed, seconds: 2 });

Deno.test("claims are counted as they end, and the answer's test ends the file", () => {
  const begun = seenAt(waiting(file), { claims: 2, statement: "one" }, 10);
  assertEquals(begun.running, { claims: 2, statement: "one", since: 10 });
  const first = seenAt(afterTest(begun, ended("one")), { claims: 2, statement: "two" }, 12);
  assertEquals([first.done, first.running?.since, first.over], [1, 10, false]);
  const second = afterTest(first, ended("two", false));
  const over = afterTest(second, ended(answerTest("Why?")));
  assertEquals(over, { file, done: 2, failed: 1, seconds: 6, running: undefined, over: true });
  assertEquals(seenAt(over, { claims: 2, statement: "two" }, 20), over, "a note may be read late");
});
