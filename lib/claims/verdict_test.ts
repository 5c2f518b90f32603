import { assertEquals } from "@std/assert";
import { stands, worst } from "./verdict.ts";

Deno.test("the worst verdict carries up", () => {
  const fromWorst = [
    "broken",
    "not trusted",
    "fails",
    "holds",
    "refuted",
    "not applicable",
  ] as const;
  for (const [i, verdict] of fromWorst.entries()) {
    assertEquals(worst([...fromWorst.slice(i)].reverse()), verdict);
  }
  assertEquals(worst([]), "not applicable");
});

Deno.test("an answer stands on claims that hold, beliefs that are refuted and nothing worse", () => {
  const standing = (["holds", "refuted", "not applicable"] as const).map(stands);
  const fallen = (["fails", "not trusted", "broken"] as const).map(stands);
  assertEquals(standing, [true, true, true]);
  assertEquals(fallen, [false, false, false]);
});
