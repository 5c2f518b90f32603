import { violations } from "../../report/mod.ts";
import { here } from "../place.ts";
import { reportCommand } from "../report.ts";
import { endWhenAsked } from "../report/ending.ts";
import { dismiss, standBy } from "./standby.ts";
import { watched } from "./watched_page.ts";

/**
 * Makes one report for `deno task watch`, in a process of its own, so that whatever was saved is loaded
 * anew. What that takes is loaded first, by the tests of the question too, where it is one; then it
 * waits for what claims may keep from before, as JSON on its standard input. Its first argument is
 * the run's id, the others are those of the report.
 */
export const MAKE_ONCE = import.meta.url;

if (import.meta.main) {
  const place = here();
  const [id, ...args] = Deno.args;
  // Several files are sooner done side by side, each in a thread of its own.
  const alone = args.filter((arg) => arg.endsWith("_test.ts")).length === 1;
  const standby = alone ? standBy(place.root, id) : undefined;
  endWhenAsked(() => standby && dismiss(standby));
  violations(undefined); // Has the schema compiled.
  const told = await new Response(Deno.stdin.readable).text();
  // Where there is none to tell it any more, it has nothing to do.
  if (told === "") Deno.exit(1);
  const knowing = standby && { ...standby, kept: JSON.parse(told) };
  const making = { finish: watched, live: false, standby: knowing };
  Deno.exit(await reportCommand(args, place, making));
}
