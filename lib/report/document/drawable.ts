import type { Figure } from "../../claims/mod.ts";
import type { Draw } from "./claim_view.ts";
import type { Question } from "./document.ts";

/** Draws each figure the first time that it is asked for, and remembers. */
export function drawOnce(draw: Draw): Draw {
  const drawn = { wide: new Map(), narrow: new Map() };
  return (figure, screen = "wide") => {
    const charts: Map<Figure, string | undefined> = drawn[screen];
    if (!charts.has(figure)) charts.set(figure, draw(figure, screen));
    return charts.get(figure);
  };
}

/** The question, broken where one of its figures cannot be drawn; that figure is left out. */
export function drawable(question: Question, draw: Draw): Question {
  const problems: string[] = [];
  const claims = question.claims.map((claim) => ({
    ...claim,
    figures: claim.figures.filter((figure) => {
      try {
        draw(figure);
        draw(figure, "narrow");
        return true;
      } catch (error) {
        problems.push(`The figure "${figure.title}" cannot be drawn: ${(error as Error).message}`);
        return false;
      }
    }),
  }));
  return problems.length === 0
    ? question
    : { ...question, claims, verdict: "broken", problems: [...question.problems, ...problems] };
}
