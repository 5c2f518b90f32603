import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Question, type Tool, violations } from "../../../report/mod.ts";
import { contradictions } from "../../../report/evidence.ts";
import { harmless } from "../../../report/plain_text.ts";

/** What an `answers.json` says. */
export interface Answers {
  readonly tool: Tool;
  /** When the run ended, where that was kept. */
  readonly date?: string;
  /** How long it took, where that was kept. */
  readonly seconds?: number;
  /** Whether every spec file was asked for. */
  readonly complete: boolean;
  /** What was wrong with the run as a whole. */
  readonly problems: readonly string[];
  readonly questions: readonly Question[];
}

/** How many violations an error lists. */
const LISTED = 3;

/** How many things may be inside one another: more than any evidence needs, fewer than a stack holds. */
const DEPTH = 100;

/** What is wrong with a file of answers. */
export class AnswersError extends Error {
  /** Tells it from other errors in a message. */
  override name = "AnswersError";
}

/**
 * Reads an `answers.json`.
 *
 * @param path From the project's root, or absolute.
 * @throws {AnswersError} With what is wrong with it.
 */
export async function readAnswers(root: URL, path: string): Promise<Answers> {
  return parseAnswers(await read(root, path, failure(path)), path);
}

/**
 * The answers in a text, which is not to be trusted: it may be cut short, or made by hand.
 *
 * @param path Where it is from, for messages.
 * @throws {AnswersError} With what is wrong with it.
 */
export function parseAnswers(text: string, path: string): Answers {
  const fail = failure(path);
  const answers = parse(text, fail);
  if (isDeeper(answers, DEPTH)) throw fail(`more than ${DEPTH} things are inside one another`);
  const wrong = violations(answers);
  if (wrong.length > 0) throw fail(`it is no answers.json: ${listed(wrong)}`);
  // What is broken may lack anything, and cannot be worse.
  const sound = (answers as Answers).questions.filter(({ verdict }) => verdict !== "broken");
  const lies = sound.flatMap((question) =>
    contradictions(question).map((found) => `of ${question.file}, ${found}`)
  );
  if (lies.length > 0) throw fail(`it contradicts itself: ${listed(lies)}`);
  return answers as Answers;
}

/** What is made of a reason. */
type Fail = (why: string) => AnswersError;

function failure(path: string): Fail {
  return (why) => new AnswersError(harmless(`Cannot read ${path}: ${why}`));
}

async function read(root: URL, path: string, fail: Fail): Promise<string> {
  try {
    return await Deno.readTextFile(resolve(fileURLToPath(root), path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw fail("there is no such file");
    if (error instanceof Deno.errors.NotCapable) {
      throw fail("only files inside the project may be read, so copy it there, as to report/");
    }
    throw fail((error as Error).message);
  }
}

function parse(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const cause = text.trim() === "" ? "it is empty" : (error as Error).message;
    throw fail(`it is not JSON and may have been cut short: ${cause}`);
  }
}

function listed(wrong: readonly string[]): string {
  const more = wrong.length > LISTED ? `; and ${wrong.length - LISTED} more` : "";
  return wrong.slice(0, LISTED).join("; ") + more;
}

function isDeeper(value: unknown, depth: number): boolean {
  let level = [value];
  for (let i = 0; i <= depth; i++) {
    level = level.flatMap((each) => typeof each === "object" && each ? Object.values(each) : []);
  }
  return level.length > 0;
}
