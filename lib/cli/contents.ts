/** `deno task contents`: writes spec/README.md, every question with its short answer. */
import { shortAnswer } from "../claims/question_record.ts";
import { questionAt } from "../claims/register.ts";
import { specFileAt } from "../claims/spec_file.ts";
import { resolveProse } from "../claims/prose/prose.ts";
import { fileAt } from "./files_in.ts";
import { readSpecFolder } from "./report/spec_folder.ts";

/** The file that `deno task contents` writes, from the project's root. */
export const CONTENTS = "spec/README.md";

const ROOT = new URL("../../", import.meta.url);

/** A question as the list of them has it. */
export interface Listed {
  /** Its spec file, from the project's root. */
  readonly path: string;
  readonly question: string;
  /** The answer in a sentence or two, without a figure: it cannot go out of date. */
  readonly short: string;
}

/**
 * Every question of a project, as its spec files ask and answer it. Nothing is run.
 *
 * @throws {Error} If a file of the folder asks nothing, or answers nothing in short.
 */
export async function readContents(root: URL): Promise<Listed[]> {
  const { files } = await readSpecFolder(root);
  return Promise.all(files.map((path) => readQuestion(root, path)));
}

async function readQuestion(root: URL, path: string): Promise<Listed> {
  const { href } = fileAt(root, path);
  await import(href);
  const asked = questionAt(href);
  const short = asked?.essay.parts[0].short;
  if (!asked || !short) throw new Error(`${path} must ask a question and answer it in short`);
  const { number } = specFileAt(path);
  return {
    path,
    question: asked.question,
    short: shortAnswer(resolveProse(short, { number, claims: [] })),
  };
}

/** The page that lists them. */
export function contentsText(listed: readonly Listed[]): string {
  const each = listed.map(({ path, question, short }) => {
    const { number } = specFileAt(path);
    return `## ${number}. [${question}](${path.replace("spec/", "")})\n\n${filled(short)}\n`;
  });
  return `# The questions\n\n${filled(INTRODUCTION)}\n\n${each.join("\n")}`;
}

const INTRODUCTION = "Written by `deno task contents`: every question with its short answer. The " +
  "file that it leads to has the reasons, and beside each of them the claim that checks it; " +
  "`deno task report` puts what came out to a page.";

/** Text in lines of at most 100 characters, as `deno fmt` has it. */
function filled(text: string): string {
  return text.split(" ").reduce((lines, word) => {
    const last = lines.slice(lines.lastIndexOf("\n") + 1);
    return `${lines}${last.length + 1 + word.length > 100 ? "\n" : " "}${word}`;
  });
}

if (import.meta.main) {
  await Deno.writeTextFile(fileAt(ROOT, CONTENTS), contentsText(await readContents(ROOT)));
}
