import type { Document } from "../../../report/mod.ts";
import { liveFiles } from "./live_files.ts";

/** What pages load to run their claims: nothing where it cannot be made, which is said. */
export async function makeLive(
  root: URL,
  document: Document,
  say: (line: string) => void,
): Promise<Map<string, string>> {
  const draft = new URL(`report/.live-${crypto.randomUUID()}/`, root);
  await Deno.mkdir(draft, { recursive: true });
  try {
    return await liveFiles(root, draft, document);
  } catch (error) {
    say(`The pages cannot run their claims: ${(error as Error).message}`);
    return new Map();
  } finally {
    await Deno.remove(draft, { recursive: true });
  }
}
