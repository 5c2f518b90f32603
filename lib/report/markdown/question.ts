import type { Picture } from "../document/picture.ts";
import type { ParagraphView, PartView, QuestionView } from "../document/document.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { proseMarkdown, specAddress } from "../prose.ts";
import { openingWords } from "../document/remarks.ts";
import { notesSentence, ofQuestion, signOf } from "../document/words.ts";
import { anchor, blocks, details, fenced, link, list, quoted } from "./blocks.ts";
import { claimMarkdown } from "./claim.ts";
import { sourceMarkdown } from "./source.ts";

/** One question: the answer first, each paragraph with its pictures, and then what it rests on. */
export function questionMarkdown(question: QuestionView): string {
  const { number, verdict, file, views, wouldChange, sources } = question;
  return blocks(
    anchor(question.anchor),
    `## ${number}. ${lineMarkdown(question.question)}`,
    shortMarkdown(question.short),
    lineMarkdown(notesSentence(question.notes, question.standing)),
    `${signOf(verdict)} **${ofQuestion(verdict)}** · ${
      link(escapeMarkdown(file), specAddress(file))
    }`,
    ...question.problems.map(fenced),
    headMarkdown(question),
    ...question.answer.flatMap(partMarkdown),
    ...question.rest.map(pictureMarkdown),
    wouldChange === "" ? undefined : "### What would change our mind",
    proseMarkdown(wouldChange),
    views.length > 0 ? "### What this rests on" : undefined,
    views.map(claimMarkdown).join("\n"),
    sources.length === 0 ? undefined : "### Sources",
    list(sources.map(sourceMarkdown)),
  );
}

function shortMarkdown(short: string | undefined): string | undefined {
  return short === undefined || short === "" ? undefined : `**${escapeMarkdown(short)}**`;
}

function headMarkdown({ head }: QuestionView): string | undefined {
  if (head?.charts === undefined) return undefined;
  return `![${escapeMarkdown(head.description)}](figures/${head.anchor}.svg)`;
}

/** A part of the answer: its own short answer, then paragraph, picture, paragraph, picture. */
function partMarkdown({ title, short, paragraphs }: PartView): (string | undefined)[] {
  return [
    title === undefined ? undefined : `### ${lineMarkdown(title)}`,
    shortMarkdown(short),
    ...paragraphs.map(paragraphMarkdown),
  ];
}

/** A caveat stands apart, and an aside is to be opened. */
function paragraphMarkdown({ kind, text, pictures }: ParagraphView): string {
  const said = proseMarkdown(text);
  const written = blocks(
    kind === "caveat" ? quoted(said) : said,
    ...pictures.map(pictureMarkdown),
  );
  return kind === "aside" ? details(`Aside: ${openingWords(text)}`, written) : written;
}

/** The title stands above the picture and is not said again in its place. */
function pictureMarkdown({ anchor, figure, charts }: Picture): string {
  return blocks(
    `**${escapeMarkdown(figure.title)}**`,
    charts !== undefined ? `![](figures/${anchor}.svg)` : undefined,
    escapeMarkdown(figure.caption),
  );
}
