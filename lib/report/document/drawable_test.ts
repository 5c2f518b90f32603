import { assertEquals, assertStrictEquals } from "@std/assert";
import { assertSpyCalls, spy } from "@std/testing/mock";
import type { Figure } from "../../claims/mod.ts";
import { drawable, drawOnce } from "./drawable.ts";
import { sampleClaim, sampleDocument, sampleFigure, sampleQuestion } from "../testing/sample.ts";

Deno.test("a question whose figures can all be drawn is left as it is", () => {
  const question = sampleQuestion();
  assertStrictEquals(drawable(question, () => "<svg></svg>"), question, "the very same");
});

Deno.test("a figure that cannot be drawn is left out, and breaks its question, not the report", () => {
  const figures = [sampleFigure("bars"), sampleFigure("lines")];
  const question = drawable(sampleQuestion({ claims: [sampleClaim({ figures })] }), ({ kind }) => {
    if (kind === "bars") throw new Error("no room");
    return "<svg></svg>";
  });
  assertEquals(question.verdict, "broken", "the picture is a part of the answer");
  assertEquals(question.problems, [
    'The figure "How far a nudge reaches, as bars" cannot be drawn: no room',
  ], "with the reason");
  assertEquals(question.claims[0].figures, [figures[1]], "the other figure stays");
});

Deno.test("a figure is drawn once for each width, whoever asks for it", () => {
  const draw = spy(({ kind }: Figure) => `<svg>${kind}</svg>`);
  const once = drawOnce(draw);
  const figures = [sampleFigure("bars"), sampleFigure("lines")];
  const question = drawable(sampleQuestion({ claims: [sampleClaim({ figures })] }), once);
  const [{ pictures }] = sampleDocument([question], {}, once).questions[0].views;
  assertEquals(pictures.map(({ chart }) => chart), ["<svg>bars</svg>", "<svg>lines</svg>"]);
  assertSpyCalls(draw, 4);
});
