import type { Document } from "../document/document.ts";
import { escapeMarkdown, lineMarkdown } from "../escape.ts";
import { byMaking } from "../document/models_table.ts";
import { count } from "../numbers.ts";
import { warnings } from "../document/remarks.ts";
import { stands } from "../../claims/verdict.ts";
import {
  CHANGED,
  marksSentence,
  MODELS,
  ofQuestion,
  signOf,
  STANDING,
  VERDICTS,
  WHOM,
} from "../document/words.ts";
import { anchor, blocks, details, fenced, list } from "./blocks.ts";
import { questionMarkdown } from "./question.ts";
import { tableMarkdown } from "./table.ts";

/** The document as Markdown; its pictures are files in `figures/`. */
export function renderMarkdown(document: Document): string {
  return blocks(
    `# ${document.title}`,
    ...warningBlocks(document),
    document.lead,
    "## Summary",
    (document.stands ? "" : "**Not everything stands.** ") + document.summary,
    summaryTable(document),
    marksSentence("linked number") +
      (document.models.length > 0 ? ` [The models](#models), ${WHOM}` : ""),
    "## How to read the verdicts",
    list(VERDICTS.map(({ verdict, sign, meaning }) => `${sign} **${verdict}**: ${meaning}`)),
    STANDING,
    ...document.questions.map(questionMarkdown),
    ...modelsBlocks(document),
    "---",
    footer(document),
  ) + "\n";
}

function warningBlocks(document: Document): string[] {
  const found = warnings(document);
  if (found.length === 0) return [];
  const sound = document.problems.length === 0;
  return [
    `**${sound ? "This run was not whole." : "This run was not sound."}**`,
    ...found.map((warning) => fenced(warning)),
  ];
}

function summaryTable({ questions }: Document): string {
  if (questions.length === 0) return "";
  const rows = questions.map(({ number, question, anchor, verdict, claims }) => {
    const standing = claims.filter((claim) => stands(claim.verdict)).length;
    const link = `[${lineMarkdown(question)}](#${anchor})`;
    return `| ${number} | ${link} | ${signOf(verdict)} ${
      ofQuestion(verdict)
    } | ${standing} of ${claims.length} |`;
  });
  return ["| | question | verdict | claims that stand |", "| --: | :-- | :-- | :-- |", ...rows]
    .join("\n");
}

function modelsBlocks({ models }: Document): string[] {
  if (models.length === 0) return [];
  const { plain, changed } = byMaking(models);
  const more = changed.rows.length === 0 ? [] : [details(CHANGED, tableMarkdown(changed))];
  return [anchor("models"), "## The models", MODELS, tableMarkdown(plain), ...more];
}

function footer({ tool, times, files }: Document): string {
  const when = times ? `, ${times.date}, in ${count(Math.round(times.seconds), "second")}` : "";
  return escapeMarkdown(
    `Deno ${tool.deno}, onnxruntime-web ${tool.onnxruntime}; ${
      count(files.run, "spec file")
    }${when}.`,
  );
}
