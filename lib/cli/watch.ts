/** `deno task watch`: makes the report of a question again whenever what it hangs on is saved. */
import { isPageName } from "../claims/names.ts";
import { here, type Place } from "./place.ts";
import { endWhenAsked } from "./report/ending.ts";
import { readReportOptions } from "./report/options.ts";
import { readSpecFolder } from "./report/spec_folder.ts";
import { Maker } from "./watch/maker.ts";
import { hangsOn, Saves } from "./watch/saves.ts";
import { unwatched } from "./watch/watched_page.ts";

const WATCH_USAGE = `usage: deno task watch SPEC... [--quiet] [--compare=JSON] [--limit=SECONDS]

Makes the report of these spec files alone, and again whenever one of them, what lies in the folder
beside it, lib/ or fixtures/ is saved. The page, open in a browser, reloads by itself. Ctrl-C ends it.`;

/** The command: it ends only with its process, unless there is nothing to watch. */
export async function watchCommand(args: readonly string[], place: Place): Promise<number> {
  const { root, screen, complain } = place;
  let specs: readonly string[];
  try {
    const { files, help } = readReportOptions(args, (await readSpecFolder(root)).files);
    if (help) {
      screen.write(`${WATCH_USAGE}\n`);
      return 0;
    }
    if (!files) throw new RangeError("Nothing to watch: name a spec file, as spec/10_*_test.ts");
    specs = files;
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
  return await remake(specs, args, place);
}

async function remake(
  specs: readonly string[],
  args: readonly string[],
  { root, screen, complain }: Place,
): Promise<never> {
  const saves = new Saves(root, hangsOn(specs));
  let maker = new Maker(root, args);
  let ending = false;
  endWhenAsked(async (why) => {
    ending = true;
    await maker.end();
    await leave(new URL("report/", root));
    complain(`\nNo longer watching: ${why}. report/ is of ${specs.join(", ")} only.`);
  });
  while (true) {
    await maker.begin();
    const saved = saves.next();
    const made = await Promise.race([maker.done, saved.then(() => undefined)]);
    if (!made) await maker.end();
    else if (!ending) screen.write(`Watching ${specs.join(", ")}: save, or end with Ctrl-C.\n`);
    // It loads what it needs while nothing is saved; what it has loaded of lib/ may be saved then.
    maker = new Maker(root, args);
    const paths = await saved;
    if (made && paths.some((path) => path.startsWith("lib/"))) {
      await maker.end();
      maker = new Maker(root, args);
    }
    screen.write(`\nSaved: ${paths.join(", ")}\n`);
  }
}

/** Leaves pages behind that reload no longer. */
async function leave(report: URL): Promise<void> {
  for await (const { name } of Deno.readDir(report)) {
    if (name !== "index.html" && !isPageName(name)) continue;
    const page = new URL(name, report);
    await Deno.writeTextFile(page, unwatched(await Deno.readTextFile(page)));
  }
}

if (import.meta.main) Deno.exit(await watchCommand(Deno.args, here()));
