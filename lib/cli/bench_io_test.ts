import { assertEquals, assertStringIncludes } from "@std/assert";
import { benchCommand } from "./bench.ts";

/** What is not there, and how it is called in the complaint. */
const REFUSED = [
  ["passes", "passes"],
  ["--fast", "fast"],
  ["--only=passes,rows", "rows"],
  ["--only=", ""],
  ["--on=gpu", "gpu"],
];

async function called(...args: string[]) {
  const [shown, complaints]: [string[], string[]] = [[], []];
  const screen = { terminal: false, write: (text: string) => void shown.push(text) };
  const place = { root: new URL("../../", import.meta.url), screen };
  const code = await benchCommand(args, {
    ...place,
    complain: (text) => void complaints.push(text),
  });
  return { code, shown: shown.join(""), complaints };
}

Deno.test("it says what it would do, and refuses what it has not", async () => {
  const { code, shown } = await called("--help");
  assertEquals(code, 0, "help");
  assertStringIncludes(shown, "usage: deno task bench");
  const refused = { code: 2, shown: "" };
  for (const [given, named] of REFUSED) {
    const complaints = [`There is no bench or option "${named}": see --help`];
    assertEquals(await called(given), { ...refused, complaints }, given);
  }
});
