import type { Sentence } from "../../../claims/pictures/figure.ts";
import { axisLabel, shownToken } from "../../figure_labels.ts";
import { inkOn } from "../shade.ts";
import { hint, type Svg, svg, words } from "../svg.ts";
import { type Block, LINE, stacked, textWidth, underName } from "./block.ts";
import { shadeKey } from "./keys.ts";
import { BETWEEN, boxWidth, roomsBefore, tokenBox, tokenWords } from "./tokens.ts";

type Panel = Sentence["panels"][number];

/** Height of a token's box. */
const BOX = 26;

/** Size of the letters under a token. */
const SMALL = 12;

/** Tokens in boxes, line by line as they fit, with what stands under each. */
export function drawSentence({ panels, value }: Sentence, width: number): Block {
  const shaded = panels.some(({ shade }) => shade !== undefined);
  const key = shaded && value ? [shadeKey(axisLabel(value), width)] : [];
  const texts = panels.map((panel) => underName(panel.name, drawPanel(panel, width), width));
  return stacked([...key, ...texts], 22);
}

/** A token in its place. */
interface Cell {
  readonly token: string;
  readonly under: readonly string[];
  readonly shade: number;
  readonly x: number;
  readonly width: number;
}

function drawPanel(panel: Panel, width: number): Block {
  return stacked(lines(panel, width - 1).map(drawLine), 10);
}

/** The tokens line by line, broken between words where it can be. */
function lines(panel: Panel, width: number): Cell[][] {
  const broken: Cell[][] = [];
  let x = width;
  for (const word of wordsOf(panel)) {
    const together = word.reduce((sum, cell) => sum + cell.width, 0);
    if (x + BETWEEN + together > width) x = width;
    else x += BETWEEN;
    for (const cell of word) {
      if (x + cell.width > width) [x] = [0.5, broken.push([])];
      broken[broken.length - 1].push({ ...cell, x });
      x += cell.width;
    }
  }
  return broken;
}

/** The pieces of each word; one is as wide as what stands under it needs. */
function wordsOf({ tokens, under = [], shade = [] }: Panel): Cell[][] {
  const rooms = roomsBefore(tokens);
  const found: Cell[][] = [];
  tokens.forEach((token, i) => {
    const below = linesUnder(under[i] ?? "");
    const width = Math.max(boxWidth(token), ...below.map((line) => textWidth(line, SMALL) + 12));
    if (rooms[i] > 0 || i === 0) found.push([]);
    found[found.length - 1].push({ token, under: below, shade: shade[i] ?? 0, x: 0, width });
  });
  return found;
}

/** Several guesses stand one under the other; one that is a blank or a new line is seen. */
function linesUnder(text: string): string[] {
  if (text === "") return [];
  return text.trim() === "" ? [shownToken(text)] : text.split("\n").map((line) => line.trim());
}

function drawLine(cells: readonly Cell[]): Block {
  const below = Math.max(...cells.map(({ under }) => under.length));
  return { height: BOX + below * LINE + (below > 0 ? 2 : 0), marks: cells.map(drawCell) };
}

function drawCell({ token, under, shade, x, width }: Cell): Svg {
  const middle = x + width / 2;
  return svg(
    "g",
    {},
    hint([shownToken(token), ...under].join(": ")),
    tokenBox({ x, y: 0.5, width, height: BOX - 1 }, shade),
    tokenWords(token, { x: middle, y: BOX / 2, fill: inkOn(shade) }),
    ...under.map((line, i) => underneath(line, middle, BOX + 2 + (i + 0.5) * LINE)),
  );
}

function underneath(line: string, x: number, y: number): Svg {
  const style = { "text-anchor": "middle", "font-size": SMALL, fill: "var(--quiet)" };
  return words(line, { x, y, ...style });
}
