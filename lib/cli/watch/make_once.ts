import { violations } from "../../report/mod.ts";
import { here } from "../place.ts";
import { reportCommand } from "../report.ts";
import { endWhenAsked } from "../report/ending.ts";
import { watched } from "./watched_page.ts";

/**
 * Makes one report for `deno task watch`, in a process of its own, so that whatever was saved is loaded
 * anew. What that takes is loaded first; then it waits for a byte on its standard input.
 */
export const MAKE_ONCE = import.meta.url;

if (import.meta.main) {
  endWhenAsked(() => {});
  violations(undefined); // Has the schema compiled.
  const told = await Deno.stdin.read(new Uint8Array(1));
  // Where there is none to tell it any more, it has nothing to do.
  Deno.exit(
    told === null ? 1 : await reportCommand(Deno.args, here(), { finish: watched, live: false }),
  );
}
