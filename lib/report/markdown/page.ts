import type { Document } from "../document/document.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { byMaking } from "../document/models_table.ts";
import { claimsThatStand, runInWords, warningsInWords } from "../document/remarks.ts";
import * as words from "../document/words.ts";
import { anchor, blocks, details, fenced, link, list } from "./blocks.ts";
import { questionMarkdown } from "./question.ts";
import { grid, tableMarkdown } from "./table.ts";

/** The document as Markdown; its pictures are files in `figures/`. */
export function renderMarkdown(document: Document): string {
  return blocks(
    `# ${words.TITLE}`,
    ...warningBlocks(document),
    words.LEAD,
    "## Summary",
    (document.stands ? "" : "**Not everything stands.** ") + document.summary,
    summaryTable(document),
    words.marksSentence("linked number") +
      (document.models.length > 0 ? ` [The models](#models), ${words.WHOM}` : ""),
    "## How to read the verdicts",
    list(words.VERDICTS.map(({ verdict, sign, meaning }) => `${sign} **${verdict}**: ${meaning}`)),
    words.STANDING,
    ...document.questions.map(questionMarkdown),
    ...modelsBlocks(document),
    "---",
    escapeMarkdown(runInWords(document)),
  ) + "\n";
}

function warningBlocks(document: Document): string[] {
  if (document.warnings.length === 0) return [];
  return [`**${warningsInWords(document)}**`, ...document.warnings.map((text) => fenced(text))];
}

function summaryTable({ questions }: Document): string | undefined {
  if (questions.length === 0) return undefined;
  const rows = questions.map((question) => [
    String(question.number),
    link(lineMarkdown(question.question), `#${question.anchor}`),
    `${words.signOf(question.verdict)} ${words.ofQuestion(question.verdict)}`,
    claimsThatStand(question),
  ]);
  return grid(["", "question", "verdict", "claims that stand"], [0], rows);
}

function modelsBlocks({ models }: Document): string[] {
  if (models.length === 0) return [];
  const { plain, changed } = byMaking(models);
  const more = changed.rows.length === 0 ? [] : [details(words.CHANGED, tableMarkdown(changed))];
  return [anchor("models"), "## The models", words.MODELS, tableMarkdown(plain), ...more];
}
