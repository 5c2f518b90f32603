import type { Source } from "../../claims/mod.ts";
import type { Picture } from "../document/picture.ts";
import type { PartView, QuestionView } from "../document/document.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { isWebAddress, proseMarkdown, specAddress } from "../prose.ts";
import { notesSentence, ofQuestion, signOf } from "../document/words.ts";
import { anchor, blocks, details, fenced, link, list } from "./blocks.ts";
import { claimMarkdown } from "./claim.ts";
import { tableMarkdown } from "./table.ts";

/** One question: the answer first, then its pictures, then what it rests on. */
export function questionMarkdown(question: QuestionView): string {
  const { number, verdict, file, views, wouldChange, sources } = question;
  return blocks(
    anchor(question.anchor),
    `## ${number}. ${lineMarkdown(question.question)}`,
    `${signOf(verdict)} **${ofQuestion(verdict)}** · ${
      link(escapeMarkdown(file), specAddress(file))
    }`,
    `> ${lineMarkdown(notesSentence(question.notes, question.standing))}`,
    ...question.problems.map((problem) => fenced(problem)),
    question.short === "" ? undefined : `**${escapeMarkdown(question.short)}**`,
    ...question.answer.flatMap(partMarkdown),
    ...question.rest.map(pictureMarkdown),
    views.length > 0 ? "### What this rests on" : undefined,
    ...views.map(claimMarkdown),
    wouldChange === "" ? undefined : "### What would change our mind",
    proseMarkdown(wouldChange),
    sources.length === 0 ? undefined : "### Sources",
    list(sources.map(sourceMarkdown)),
  );
}

/** A part of the answer: its own short answer, then paragraph, picture, paragraph, picture. */
function partMarkdown({ title, short, paragraphs }: PartView): (string | undefined)[] {
  return [
    title === undefined ? undefined : `### ${lineMarkdown(title)}`,
    short === undefined ? undefined : `**${escapeMarkdown(short)}**`,
    ...paragraphs.map(({ kind, text, pictures }) => {
      const written = blocks(proseMarkdown(text), ...pictures.map(pictureMarkdown));
      return kind === "aside" ? details("Aside", written) : written;
    }),
  ];
}

function pictureMarkdown({ anchor, figure, table, charts }: Picture): string {
  const title = escapeMarkdown(figure.title);
  return blocks(
    `**${title}**`,
    charts !== undefined ? `![${title}](figures/${anchor}.svg)` : undefined,
    escapeMarkdown(figure.caption),
    details("The data", tableMarkdown(table)),
  );
}

function sourceMarkdown({ title, authors, year, url, id }: Source): string {
  const name = `*${escapeMarkdown(title)}*`;
  const linked = isWebAddress(url) ? link(name, url) : name;
  const number = id === undefined ? "" : `, ${escapeMarkdown(id)}`;
  return `${escapeMarkdown(authors)}, ${linked} (${year})${number}`;
}
