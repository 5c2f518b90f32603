import { assertEquals } from "@std/assert";
import { renderJson } from "./json.ts";
import { sampleDocument, sampleQuestion } from "./testing/sample.ts";

const TIMES = { date: "2026-01-02T03:04:05.678Z", seconds: 12.5 };

Deno.test("answers.json has every question, claim and run with its evidence", () => {
  const question = sampleQuestion();
  const answers = JSON.parse(renderJson(sampleDocument([question], { times: TIMES })));
  const { run: _, ...expected } = question;
  assertEquals(answers.questions, [JSON.parse(JSON.stringify(expected))], "as the record has them");
  assertEquals(answers.tool, { deno: "2.9.6", onnxruntime: "1.30.0" }, "the tools");
  assertEquals([answers.version, answers.stands, answers.complete], [1, true, true], "the verdict");
  assertEquals([answers.date, answers.seconds], [TIMES.date, TIMES.seconds], "the times");
});

Deno.test("without times, the same findings give the same bytes", () => {
  const slower = sampleQuestion();
  const claims = slower.claims.map((claim) => ({
    ...claim,
    runs: claim.runs.map((run) => ({ ...run, seconds: run.seconds * 3 + 1 })),
  }));
  const other = { ...slower, run: "another-run", claims };
  const text = renderJson(sampleDocument([sampleQuestion()]));
  assertEquals(renderJson(sampleDocument([other])), text, "however long it took");
  assertEquals(/seconds|date/.test(text), false, "and no time is left in it");
});
