import { assert, assertEquals } from "@std/assert";
import { answerTest } from "../../../claims/names.ts";
import { LiveProgress, PlainProgress } from "./progress.ts";

const FILES = ["spec/01_a_test.ts", "spec/02_b_test.ts"];
const ended = (file: string, test: string, passed = true) => ({ file, test, passed, seconds: 1 });

/** A screen, and what is on it as a terminal shows it that knows of lines above and of clearing. */
function terminal() {
  const lines = [""];
  const write = (text: string) => {
    // deno-lint-ignore no-control-regex -- that is what a terminal reads
    for (const [, up, sign] of text.matchAll(/\x1b\[(\d+)A\r\x1b\[J|([\s\S])/g)) {
      if (up !== undefined) lines.splice(lines.length - 1 - Number(up), Infinity, "");
      else if (sign === "\n") lines.push("");
      else lines[lines.length - 1] += sign;
    }
  };
  return { screen: { terminal: true, write }, lines };
}

Deno.test("where lines stay, there is one for each question, once its answer is checked", () => {
  let text = "";
  using progress = new PlainProgress({ terminal: false, write: (more) => text += more }, FILES);
  progress.ended(ended(FILES[1], "one", false));
  assertEquals(text, "");
  progress.ended(ended(FILES[1], answerTest("Why?"), false));
  progress.ended(ended(FILES[0], "one"));
  progress.again([FILES[0]]);
  progress.ended(ended(FILES[0], "one"));
  progress.ended(ended(FILES[0], answerTest("How?")));
  assertEquals(text.split("\n").map((line) => line.replace(/ +/g, " ")), [
    "FAILED 02 b 1/1 2 s",
    "ok 01 a 1/1 2 s",
    "",
  ], "what was run again is counted once");
});

Deno.test("on a terminal the lines change in their place, and are gone at the end", async () => {
  const { screen, lines } = terminal();
  const seen = Promise.withResolvers<void>();
  const read = () => {
    setTimeout(seen.resolve);
    return Promise.resolve(new Map([[FILES[0], { claims: 4, statement: "two" }]]));
  };
  {
    using progress = new LiveProgress(screen, FILES, read);
    assertEquals(lines.map((line) => line.trim()), ["01 a", "02 b", ""]);
    progress.ended(ended(FILES[0], "one"));
    await seen.promise;
    progress.say("Something happened.");
    assert(/^ +01 a +1\/4 +0 s +two$/.test(lines[1]), lines[1]);
    assertEquals([lines[0], lines[2].trim(), lines.length], ["Something happened.", "02 b", 4]);
  }
  assertEquals(lines, ["Something happened.", ""], "what was said stays");
});
