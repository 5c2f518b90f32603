import { isPageName } from "../../claims/names.ts";
import { LOCK } from "./lock.ts";

/** What every report has, put in place before the pages of its questions and the one that leads there. */
const PARTS = ["figures", "live", "previews", "answers.schema.json", "answers.json", "answers.md"];

/** Makes room for the evidence of a run: that of earlier ones goes, their report stays. */
export async function clearEvidence(folder: URL): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  mendExchange(folder);
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith(".") && name !== LOCK) {
      await Deno.remove(new URL(name, folder), { recursive: true });
    }
  }
  await Deno.mkdir(new URL(".evidence/", folder));
}

/** Whether a file is one of those that `deno task sabotage` makes, which a report leaves alone. */
export function isOfMatrix(name: string): boolean {
  return /^(sabotage(\.schema)?\.(json|html|svg|js)|mutation\.json)$/.test(name);
}

/**
 * Puts the files of a report in place of an earlier one. All are written under another name first
 * and exchanged in one go, so that there is always one report, and that whole.
 */
export async function writeReport(
  folder: URL,
  made: Iterable<readonly [path: string, content: string | Uint8Array]>,
): Promise<void> {
  const files = new Map(made);
  const draft = new URL(`.draft-${crypto.randomUUID()}/`, folder);
  try {
    await Deno.mkdir(new URL("figures/", draft), { recursive: true });
    await Deno.mkdir(new URL("live/", draft));
    await Deno.mkdir(new URL("previews/", draft));
    await Deno.mkdir(new URL("old/", draft));
    for (const [path, content] of files) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(new URL(path, draft), bytes);
    }
    exchange(folder, draft, [
      ...PARTS,
      ...[...files.keys()].filter((name) => isPageName(name) || isOfMatrix(name)),
      "index.html",
    ]);
  } finally {
    await Deno.remove(draft, { recursive: true });
  }
}

/**
 * First everything old goes, then everything new comes. Waits for nothing, so that no signal comes
 * between; where it fails, all is as it was; and where it is cut off, {@linkcode mendExchange} knows
 * from what lies where how far it had come.
 */
function exchange(folder: URL, draft: URL, parts: readonly string[]): void {
  const old = new URL("old/", draft);
  const moved: [from: URL, to: URL][] = [];
  const move = (part: string, from: URL, to: URL) => {
    Deno.renameSync(new URL(part, from), new URL(part, to));
    moved.unshift([new URL(part, from), new URL(part, to)]);
  };
  try {
    const there = [...PARTS, ...pagesIn(folder), "index.html"];
    for (const part of there.toReversed()) {
      if (isThere(new URL(part, folder))) move(part, folder, old);
    }
    for (const part of parts) move(part, draft, folder);
  } catch (error) {
    for (const [from, to] of moved) Deno.renameSync(to, from);
    throw error;
  }
}

/** Ends what a process began that was killed while it exchanged one report for another. */
function mendExchange(folder: URL): void {
  for (const { name } of [...Deno.readDirSync(folder)]) {
    if (!name.startsWith(".draft-")) continue;
    const draft = new URL(`${name}/`, folder);
    const old = namesIn(new URL("old/", draft));
    if (old.length === 0) continue;
    // Something that is both gone and there has come anew: then all that is old had gone.
    const coming = old.some((part) => isThere(new URL(part, folder)));
    const [from, parts] = coming ? [draft, namesIn(draft)] : [new URL("old/", draft), old];
    for (const part of parts.filter((part) => part !== "old")) {
      Deno.renameSync(new URL(part, from), new URL(part, folder));
    }
  }
}

/** What is in a folder, with what leads there last. */
function namesIn(folder: URL): string[] {
  if (!isThere(folder)) return [];
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
  return [
    ...names.filter((name) => name !== "index.html"),
    ...names.filter((name) => name === "index.html"),
  ];
}

/** The pages of questions, some of which may be asked no more. */
function pagesIn(folder: URL): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).filter(isPageName);
}

function isThere(path: URL): boolean {
  try {
    return Deno.lstatSync(path) !== undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
