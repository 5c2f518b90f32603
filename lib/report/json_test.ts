import { assert, assertEquals } from "@std/assert";
import { renderJson } from "./json.ts";
import * as sample from "./testing/sample.ts";

const TIMES = { date: "2026-01-02T03:04:05.678Z", seconds: 12.5 };

Deno.test("answers.json has every question, claim and run with its evidence", () => {
  const question = sample.question();
  const answers = JSON.parse(renderJson(sample.document([question], { times: TIMES })));
  const { run: _, ...expected } = question;
  assertEquals(answers.questions, [JSON.parse(JSON.stringify(expected))], "as the record has them");
  assertEquals(answers.tool, { deno: "2.9.6", onnxruntime: "1.30.0" }, "the tools");
  assertEquals([answers.version, answers.stands, answers.complete], [2, true, true], "the verdict");
  assertEquals([answers.date, answers.seconds], [TIMES.date, TIMES.seconds], "the times");
});

Deno.test("a schematic without MLPs is in answers.json too, and only then", () => {
  const written = (attn_only?: boolean) => {
    const [asked] = JSON.parse(renderJson(sample.document([sample.question({ attn_only })])))
      .questions;
    return asked.attn_only;
  };
  assertEquals([written(true), written()], [true, undefined]);
});

Deno.test("without times, the same findings give the same bytes", () => {
  const slower = sample.question();
  const claims = slower.claims.map((claim) => ({
    ...claim,
    runs: claim.runs.map((run) => ({ ...run, seconds: run.seconds * 3 + 1 })),
  }));
  const other = { ...slower, run: "another-run", claims };
  const text = renderJson(sample.document([sample.question()]));
  assertEquals(renderJson(sample.document([other])), text, "however long it took");
  assertEquals(/seconds|date/.test(text), false, "and no time is left in it");
});

Deno.test("numbers that belong together are on one line, and the file says the same", () => {
  const evidence = { one: [0.5, -1e-7, 3], grid: [[1, 2], [3, 4]], none: [], words: ["a", "[\n1"] };
  const runs = [sample.run({ evidence }), sample.control()];
  const text = renderJson(sample.documentOf({ runs }));
  assertEquals(JSON.parse(text).questions[0].claims[0].runs[0].evidence, evidence, "the same data");
  const lines = text.split("\n").map((line) => line.trim());
  for (const line of ['"one": [0.5, -1e-7, 3],', "[1, 2],", "[3, 4]", '"none": [],', '"a",']) {
    assert(lines.includes(line), `a line of its own: ${line}`);
  }
});
