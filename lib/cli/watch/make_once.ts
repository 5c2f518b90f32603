import { violations } from "../../report/mod.ts";
import { here } from "../place.ts";
import { reportCommand } from "../report.ts";
import { endWhenAsked } from "../report/ending.ts";
import { dismiss, standBy } from "./standby.ts";
import { watched } from "./watched_page.ts";

/**
 * Makes one report for `deno task watch`, in a process of its own, so that whatever was saved is loaded
 * anew. What that takes is loaded first, by the tests of the question too, where it is one; then it
 * waits for a byte on its standard input.
 */
export const MAKE_ONCE = import.meta.url;

if (import.meta.main) {
  const place = here();
  // Several files are sooner done side by side, each in a thread of its own.
  const alone = Deno.args.filter((arg) => arg.endsWith("_test.ts")).length === 1;
  const standby = alone ? standBy(place.root) : undefined;
  endWhenAsked(() => standby && dismiss(standby));
  violations(undefined); // Has the schema compiled.
  const told = await Deno.stdin.read(new Uint8Array(1));
  // Where there is none to tell it any more, it has nothing to do.
  Deno.exit(
    told === null
      ? 1
      : await reportCommand(Deno.args, place, { finish: watched, live: false, standby }),
  );
}
