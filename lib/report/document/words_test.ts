import { assertEquals } from "@std/assert";
import { notesSentence, ofQuestion } from "./words.ts";

Deno.test("what the notes say is told apart from what was found", () => {
  assertEquals(
    notesSentence("it cannot. ", "confirmed with a caveat"),
    "Notes taken while learning say: it cannot. Checked here: confirmed, with a caveat.",
  );
  assertEquals(
    notesSentence("yes", "corrected"),
    "Notes taken while learning say: yes. Checked here: corrected.",
  );
});

Deno.test("a question is not said to hold: its claims stand, or what is wrong is said", () => {
  assertEquals(ofQuestion("refuted"), "all claims stand");
  assertEquals(ofQuestion("not trusted"), "not trusted");
});
