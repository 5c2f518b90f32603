/** `deno task watch`: makes the report of a question again whenever what it hangs on is saved. */
import type { Kept } from "../claims/before/as_before.ts";
import { isPageName } from "../claims/names.ts";
import { fileAt, filesIn } from "./files_in.ts";
import { here, type Place } from "./place.ts";
import { endWhenAsked } from "./report/ending.ts";
import { readReportOptions, type ReportOptions } from "./report/options.ts";
import { readSpecFolder } from "./report/spec_folder.ts";
import { Before } from "./watch/before.ts";
import { Maker } from "./watch/maker.ts";
import { hangsOn, Saves } from "./watch/saves.ts";
import { unwatched } from "./watch/watched_page.ts";

const WATCH_USAGE =
  `usage: deno task watch SPEC... [--quiet] [--compare=JSON] [--limit=SECONDS] [--help]

Makes the report of these spec files alone, and again whenever one of them, what lies in the folder
beside it, lib/, fixtures/, mod.ts or deno.json is saved. The page, open in a browser, reloads by
itself. Where it is one question, and it alone is saved, only claims that this can have changed are
asked again. Ctrl-C ends it.`;

/** The command: it ends only with its process, unless there is nothing to watch. */
export async function watchCommand(args: readonly string[], place: Place): Promise<number> {
  let options: ReportOptions;
  try {
    options = readReportOptions(args, (await readSpecFolder(place.root)).files);
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
  if (options.files && !options.help) return await watch(options.files, args, place);
  if (options.help) place.screen.write(`${WATCH_USAGE}\n`);
  else place.complain("Nothing to watch: name a spec file, such as spec/10_*_test.ts");
  return options.help ? 0 : 2;
}

/** Makes the report again and again. */
async function watch(
  specs: readonly string[],
  args: readonly string[],
  { root, screen, complain }: Place,
): Promise<never> {
  const before = new Before(root, specs);
  const saves = new Saves(root, hangsOn(specs), () => before.forget());
  const names = specs.join(", ");
  let maker = new Maker(root, args);
  endWhenAsked(async (why) => {
    await maker.end();
    await leave(root);
    complain(`\nNo longer watching: ${why}. report/ is of ${names} only.`);
  });
  while (true) {
    const saved = saves.next();
    const made = await makeUnless(saved, maker, await before.kept());
    if (made) {
      screen.write(`${await before.take(maker.id)}Watching ${names}: save, or end with Ctrl-C.\n`);
    }
    // It loads what it needs while nothing is saved; what it has loaded may be saved then.
    maker = new Maker(root, args);
    const paths = await saved;
    if (paths.some((path) => !specs.includes(path))) before.forget();
    if (made && paths.some((path) => !path.startsWith("spec/"))) {
      await maker.end();
      maker = new Maker(root, args);
    }
    screen.write(`\nSaved: ${paths.join(", ")}\n`);
  }
}

/** Has the report made, unless something is saved meanwhile; whether it came to its end. */
async function makeUnless(
  saved: Promise<unknown>,
  maker: Maker,
  kept: readonly Kept[],
): Promise<boolean> {
  await maker.begin(kept);
  // A code beyond those of the report command is that of a signal.
  const end = maker.done.then(({ code }) => code <= 2);
  const made = await Promise.race([end, saved.then(() => false)]);
  await maker.end();
  return made;
}

/** Leaves pages behind that reload no longer. */
async function leave(root: URL): Promise<void> {
  for (const { path } of await filesIn(root, "report/")) {
    const name = path.replace("report/", "");
    if (name !== "index.html" && !isPageName(name)) continue;
    const page = await Deno.readTextFile(fileAt(root, path));
    if (unwatched(page) !== page) await Deno.writeTextFile(fileAt(root, path), unwatched(page));
  }
}

if (import.meta.main) Deno.exit(await watchCommand(Deno.args, here()));
