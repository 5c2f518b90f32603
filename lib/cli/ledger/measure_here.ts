/** The process that measures a ledger's figures: see `measure_apart.ts`, which starts it. */
import "../../runtime/testing/start.ts";
import { openCheckpoint } from "../../model/mod.ts";
import type { FilledLedger } from "../../report/mod.ts";
import { releaseSessions } from "../../runtime/mod.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { fill, type Ledger } from "./ledger.ts";

const ROOT = new URL("../../../", import.meta.url);

const none = (): never => {
  throw new RangeError("it is measured on text, and there is no tokenizer in the folder");
};
const NONE = { encode: none, decode: none };

/** Fills the ledger of a module on the model in a folder. */
export async function measureHere(module: string, folder: string): Promise<FilledLedger> {
  const { default: ledger }: { default: Ledger } = await import(new URL(module, ROOT).href);
  const files = await checkpointFolder(folder);
  const { model, tokenizer = NONE } = await openCheckpoint(files, { folder });
  try {
    return await fill(ledger, { model, tokenizer });
  } finally {
    await releaseSessions();
  }
}

if (import.meta.main) {
  const [module, folder] = Deno.args;
  console.log(JSON.stringify(await measureHere(module, folder)));
}
