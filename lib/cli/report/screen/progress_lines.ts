import { specFileAt } from "../../../claims/spec_file.ts";
import type { Screen } from "../../place.ts";
import type { FileProgress } from "./file_progress.ts";
import { coloured, column, cut, sizeOf } from "./look.ts";

/** How wide the name of a spec file is. */
const NAME = 30;

/** How it goes, in as many signs as the widest has. */
const WORDS = { failed: "FAILED", over: "ok    ", running: "      " };

/** How far a file has come: how it goes, its name, its claims, seconds, and what it is at. */
export function fileLine(progress: FileProgress, screen: Screen, now = 0): string {
  const { file, done, seconds, running, over } = progress;
  const name = specFileAt(file).stem.replace(/_test$/, "").replaceAll("_", " ");
  const all = over ? done : running?.claims ?? "?";
  const took = running ? now - running.since : seconds;
  const far = over || running ? `${done}/${all}`.padEnd(6) + `${took.toFixed(0)} s`.padEnd(6) : "";
  const line = ` ${column(name, NAME)} ${far} ${running?.statement ?? ""}`.trimEnd();
  return wordOf(progress, screen) + cut(line, sizeOf(screen).columns - WORDS.over.length - 1);
}

function wordOf({ failed, over }: FileProgress, screen: Screen): string {
  if (failed > 0) return coloured(WORDS.failed, "fails", screen);
  return over ? coloured(WORDS.over, "holds", screen) : WORDS.running;
}

/** A line for each file; where there are too many to be seen, for those that run or went wrong. */
export function progressLines(
  files: readonly FileProgress[],
  screen: Screen,
  now: number,
): string[] {
  const room = sizeOf(screen).rows - 2;
  const telling = files.length <= room
    ? files
    : files.filter(({ running, failed }) => running || failed > 0).slice(0, room - 1);
  const over = files.filter((file) => file.over).length;
  const rest = telling.length < files.length
    ? [`${over} of ${files.length} questions are done`]
    : [];
  return [...telling.map((file) => fileLine(file, screen, now)), ...rest];
}
