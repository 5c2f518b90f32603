import { type Standby, startTests } from "../report/start_tests.ts";

const ROOT = new URL("../../../", import.meta.url).href;

/** Its one test file, from the root. */
const FILE = new URL("standby_here.ts", import.meta.url).href.slice(ROOT.length);

/**
 * Starts a `deno test` that loads all that takes long before it is known what is saved, and runs one
 * spec file once. What it has loaded of the library is not to be saved meanwhile. Since the spec file
 * is none that it was started with, it may read the project until that is loaded.
 *
 * @param id The run's.
 */
export function standBy(root: URL, id: string = crypto.randomUUID()): Standby {
  return { id, file: FILE, process: startTests({ root, id, files: [FILE], mayRead: ["."] }) };
}

/** Ends it, whatever it is at. */
export async function dismiss({ process }: Standby): Promise<void> {
  await process.stdin.close().catch(() => {}); // It may have been let go before.
  await process.status;
}
