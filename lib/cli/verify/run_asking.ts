import { ModelFileError } from "../../model/mod.ts";
import type { Yours } from "../../report/mod.ts";
import { onRuntime } from "../on_runtime.ts";
import { readable } from "../readable.ts";
import type { AskedClaim, AskedFor, Job, OwnModel, Told } from "./job.ts";

/** What is said as it goes on. */
export type OnTold = (told: Told) => void;

/** How many seconds the process has to say that a run took longer than it may, before it is ended. */
const GRACE = 1;

/**
 * Asks a reader's model in a process of its own, which may read the project, the model's folder and
 * the text, and nothing else; with onnxruntime-node it may also run machine code. Where that process
 * ends within a claim, or is ended since it took longer than it may, the claim is left out, and
 * another process goes on with the next.
 *
 * @throws {ModelFileError} With why the model could not be asked.
 */
export async function runAsking(root: URL, job: Job, onTold: OnTold): Promise<Yours> {
  const claims: AskedClaim[] = [];
  for (;;) {
    const asked = claims.length;
    const { model, late } = await runOne(root, { ...job, asked }, (told) => {
      if (told.kind === "claim") claims.push(told.claim);
      if (told.kind === "claim" || asked === 0) onTold(told);
    });
    if (!late) return { ...model, claims };
  }
}

/** One process: the model it asked, and whether it stopped within a claim, or after one. */
async function runOne(
  root: URL,
  job: Job,
  onTold: OnTold,
): Promise<{ model: OwnModel; late: boolean }> {
  const child = start(root, job);
  const errors = new Response(child.stderr).text();
  let [model, asking, refused]: [OwnModel?, AskedFor?, string?] = [];
  let [late, over] = [false, false];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    over = true;
    child.kill("SIGKILL");
  };
  for await (const told of lines(child.stdout)) {
    clearTimeout(timer);
    asking = told.kind === "run" ? told.claim : undefined;
    if (told.kind === "run") timer = setTimeout(end, 1000 * (job.limit + GRACE));
    if (told.kind === "model") model = told.model;
    if (told.kind === "late") late = true;
    if (told.kind === "refused") refused = told.reason;
    onTold(told);
  }
  const { code, signal } = await child.status;
  clearTimeout(timer);
  if (model && code === 0) return { model, late };
  if (model && asking && signal) {
    const why = over
      ? `it took longer than the limit of ${job.limit} s`
      : `its process was ended by ${signal}, as happens where there is too little memory`;
    onTold({ kind: "claim", claim: leftOut(asking, why) });
    return { model, late: true };
  }
  const why = refused ?? (signal ? `it was ended by ${signal}` : (await errors).trim());
  throw new ModelFileError(why);
}

function leftOut(claim: AskedFor, reason: string): AskedClaim {
  return { ...claim, outcome: "not applicable", reason, unnoticed: [], runs: [] };
}

function start(root: URL, job: Job): Deno.ChildProcess {
  const may = readable(root, [job.folder, job.text ?? [], job.tokens ?? []].flat());
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--no-check", may, ...onRuntime(job.runtime)],
      ...["lib/cli/verify/ask.ts", JSON.stringify(job)],
    ],
    cwd: root,
    env: { NO_COLOR: "1", FORCE_COLOR: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function* lines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Told> {
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop()!;
    for (const part of parts) yield JSON.parse(part);
  }
}
