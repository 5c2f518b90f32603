import { GLOSSARY } from "../../claims/prose/glossary.ts";
import { termAnchor } from "../../claims/prose/terms.ts";
import type { Document } from "../document/document.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { trainedModels } from "../document/models_table.ts";
import { claimsThatStand, runInWords, warningsInWords } from "../document/remarks.ts";
import * as words from "../document/words.ts";
import { anchor, blocks, fenced, link, list } from "./blocks.ts";
import { questionMarkdown } from "./question.ts";
import { tableMarkdown } from "./table.ts";
import { yoursBlocks, yoursMarkdown } from "./yours.ts";

/** The document as Markdown; its pictures are files in `figures/`. */
export function renderMarkdown(document: Document): string {
  return blocks(
    `# ${words.TITLE}`,
    ...warningBlocks(document),
    words.LEAD,
    "## The answers in short",
    (document.stands ? "" : "**Not everything stands.** ") + document.summary,
    contents(document),
    words.marksSentence("linked") +
      (document.models.length > 0 ? ` [The models](#models), ${words.WHOM}` : ""),
    "## How to read the verdicts",
    list(words.VERDICTS.map(({ verdict, sign, meaning }) => `${sign} **${verdict}**: ${meaning}`)),
    words.STANDING,
    "What kind of claim it is, and how far it goes:",
    list(
      Object.entries({ ...words.KINDS, ...words.REACHES })
        .map(([word, meaning]) => `**${word}**: ${meaning}`),
    ),
    ...yoursBlocks(document),
    ...document.questions.map((question) =>
      blocks(questionMarkdown(question), yoursMarkdown(question, document))
    ),
    ...glossaryBlocks(document),
    ...modelsBlocks(document),
    "---",
    escapeMarkdown(runInWords(document)),
  ) + "\n";
}

function warningBlocks(document: Document): string[] {
  if (document.warnings.length === 0) return [];
  return [`**${warningsInWords(document)}**`, ...document.warnings.map(fenced)];
}

/** Each question with its short answer. */
function contents({ questions }: Document): string {
  return questions.map((question) => {
    const { number, anchor, verdict, short } = question;
    const state = `${words.signOf(verdict)} ${words.ofQuestion(verdict)}, ${
      claimsThatStand(question)
    }`;
    return [
      `- **${number}** ${link(lineMarkdown(question.question), `#${anchor}`)}`,
      ...(short === "" ? [] : [escapeMarkdown(short)]),
      state,
    ].join("  \n  ");
  }).join("\n");
}

/** What the terms mean that answers link to. */
function glossaryBlocks({ questions }: Document): string[] {
  if (questions.length === 0) return [];
  const entries = GLOSSARY.map((term) =>
    `${anchor(termAnchor(term))}**${escapeMarkdown(term.term)}**: ${escapeMarkdown(term.means)}`
  );
  return ["## Glossary", words.GLOSSARY_LEAD, list(entries)];
}

function modelsBlocks({ models }: Document): string[] {
  if (models.length === 0) return [];
  const trained = tableMarkdown(trainedModels(models));
  return [anchor("models"), "## The models", words.MODELS, trained, words.OTHERS_ELSEWHERE];
}
