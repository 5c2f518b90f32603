/**
 * The process that asks a reader's model. It may read the project, the model's folder and the text,
 * and do nothing else: what it finds it says on its standard output, a line of JSON each.
 */
import { readInstead } from "../../../fixtures/texts/held_out.ts";
import { Unfit } from "../../model/mod.ts";
import { checkpointFolder } from "../checkpoint_folder.ts";
import { askAll } from "./ask_all.ts";
import { estimateOf, tooLarge } from "./estimate.ts";
import type { AskedClaim, AskedFor, Job, Told } from "./job.ts";
import { openOwn } from "./own_model.ts";

const ROOT = new URL("../../../", import.meta.url);
const encoder = new TextEncoder();

function tell(told: Told): void {
  const bytes = encoder.encode(`${JSON.stringify(told)}\n`);
  for (let sent = 0; sent < bytes.length;) sent += Deno.stdout.writeSync(bytes.subarray(sent));
}

async function ask(job: Job): Promise<void> {
  const estimate = await estimateOf(await checkpointFolder(job.folder));
  tell({ kind: "reading", ...estimate });
  const problem = tooLarge(estimate);
  if (problem !== undefined) throw new Unfit(`Cannot ask ${job.folder}: ${problem}`);
  const { model, said, own } = await openOwn(job);
  tell({ kind: "model", model: said });
  readInstead(own, job.prompt);
  const { name, config } = model;
  const subject = { name, config, origin: "yours" as const, load: () => Promise.resolve(model) };
  const onRun = (claim: AskedFor) => tell({ kind: "run", claim });
  const onClaim = (claim: AskedClaim) => tell({ kind: "claim", claim });
  if (!await askAll(subject, { ...job, root: ROOT, onRun, onClaim })) tell({ kind: "late" });
}

if (import.meta.main) {
  try {
    await ask(JSON.parse(Deno.args[0]));
    Deno.exit(0); // whatever may be going on still
  } catch (error) {
    tell({ kind: "refused", reason: (error as Error).message });
    Deno.exit(2);
  }
}
