import { hasAsked } from "../claims/register.ts";

/** Spec files from the project's root, each with what loads it. */
export type Specs = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * Loads spec files into the isolate of whoever asks. One that cannot be loaded, or asks nothing, is
 * a test that fails, and takes no other with it; one that is gone from its folder is no spec file
 * any more.
 *
 * @param include What deno.json has `deno test` look for: spec files that it leaves out must be here.
 */
export async function gatherSpecs(include: readonly string[], specs: Specs): Promise<void> {
  for (const [file, load] of Object.entries(specs)) await gather(file, load);
  const gathered = Object.keys(specs).map((file) => `!${file}`);
  const leftOut = include.filter((path) => path.startsWith("!"));
  if (gathered.toString() !== leftOut.toString()) {
    fails("deno.json leaves out the spec files that are gathered, and no other", STALE);
  }
}

const STALE = "The list of tests is stale: run deno task tests";

async function gather(file: string, load: () => Promise<unknown>): Promise<void> {
  const url = new URL(`../../${file}`, import.meta.url).href;
  try {
    await load();
    if (isQuestion(file) && !hasAsked(url)) {
      fails(`${file} asks a question`, "A spec file asks one question");
    }
  } catch (error) {
    const gone = error instanceof TypeError && error.message === `Module not found "${url}".`;
    if (!gone) fails(`${file} can be loaded`, error);
  }
}

/** Whether it is none of the tests that lie in the folders of questions. */
function isQuestion(file: string): boolean {
  return file.split("/").length === 2;
}

function fails(name: string, why: unknown): void {
  Deno.test(name, () => {
    throw typeof why === "string" ? new Error(why) : why;
  });
}
