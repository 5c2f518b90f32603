import type { Verdict } from "../../claims/mod.ts";
import { stands } from "../../claims/verdict.ts";
import { lightColour } from "../charts/colours.ts";
import { CHARACTER, wrapped } from "../charts/labels.ts";
import { type Svg, svg } from "../charts/svg.ts";
import type { Document, QuestionView } from "../document/document.ts";
import { claimsThatStand } from "../document/remarks.ts";
import { ofQuestion, TITLE } from "../document/words.ts";

/** Of the picture that is shown where a page is linked to, as those who show it ask for it. */
const [WIDTH, HEIGHT] = [1200, 630];

/** From either edge. */
const MARGIN = 80;

/** What letters of the picture's font take of its size, on average, with some to spare. */
const LETTER = { normal: 0.47, bold: 0.5 };

/** What the picture of a page says. */
interface Card {
  readonly title: string;
  readonly text: string;
  readonly verdict: string;
  readonly stands: boolean;
}

/** A block of text. */
interface Block {
  readonly size: number;
  readonly most: number;
  readonly weight: "normal" | "bold";
}

/** The file of the report that is shown where a page of it is linked to. */
export function previewFile(page: string): string {
  return `previews/${page.replace(/\.html$/, ".png")}`;
}

/** The picture of the page that leads to the others, as SVG. */
export function contentsPreview({ summary, stands }: Document): string {
  const verdict = stands ? "everything stands" : "not everything stands";
  return preview({ title: TITLE, text: summary, verdict, stands });
}

/** The picture of a question's page, as SVG: the question, its short answer, the verdict. */
export function questionPreview(question: QuestionView): string {
  const { verdict, short: text } = question;
  return preview({
    title: question.question.replaceAll("`", ""),
    text,
    verdict: `${ofQuestion(verdict as Verdict)}, ${claimsThatStand(question)}`,
    stands: stands(verdict),
  });
}

function preview({ title, text, verdict, stands }: Card): string {
  const heading = lines(title, { size: 56, most: 3, weight: "bold" }, 120);
  const below = 120 + heading.length * 68;
  const most = Math.floor((HEIGHT - 80 - below) / 39);
  const answer = lines(text, { size: 32, most, weight: "normal" }, 0);
  const colour = lightColour(stands ? "accent" : "bad");
  const size = { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height: HEIGHT };
  return svg(
    "svg",
    { ...size, "font-family": "PT Serif", fill: lightColour("ink") },
    svg("rect", { width: WIDTH, height: HEIGHT, fill: lightColour("paper") }),
    svg("rect", { width: 14, height: HEIGHT, fill: colour }),
    ...heading,
    svg("g", { transform: `translate(0,${below})` }, ...answer),
    mark(stands, colour),
    svg("text", { x: MARGIN + 44, y: HEIGHT - 56, "font-size": 30, fill: colour }, verdict),
  ).markup;
}

/** As many lines of a text as there is room for; where there are more, the last says so. */
function lines(text: string, { size, most, weight }: Block, top: number): Svg[] {
  const all = wrapped(text, (WIDTH - 2 * MARGIN) / (LETTER[weight] * size) * CHARACTER);
  const shown = all.slice(0, most);
  if (all.length > most) shown[most - 1] = `${shown[most - 1].replace(/[.,;:]$/, "")} …`;
  return shown.map((line, i) => {
    const at = { x: MARGIN, y: top + i * Math.round(size * 1.22) };
    return svg("text", { ...at, "font-size": size, "font-weight": weight }, line);
  });
}

/** A tick or a cross, drawn: the font may have neither. */
function mark(stands: boolean, stroke: string): Svg {
  const d = stands ? "M4 14l8 9L26 4" : "M5 4l18 20M23 4L5 24";
  const place = `translate(${MARGIN},${HEIGHT - 80})`;
  return svg("path", { d, transform: place, fill: "none", stroke, "stroke-width": 4.5 });
}
