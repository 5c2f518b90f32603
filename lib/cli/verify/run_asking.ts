import { ModelFileError } from "../../model/mod.ts";
import type { Yours } from "../../report/mod.ts";
import { readable } from "../readable.ts";
import type { AskedClaim, Job, OwnModel, Told } from "./job.ts";

/** What starts onnxruntime-node before anything else: with it, that process has one right more. */
const NATIVE = ["--no-lock", "--allow-ffi", "--preload=lib/runtime/testing/native.ts"];

/** What is said as it goes on. */
export type OnTold = (told: Told) => void;

/**
 * Asks a reader's model in a process of its own, which may read the project, the model's folder and
 * the text, and nothing else; with onnxruntime-node it may also run machine code.
 *
 * @throws {ModelFileError} With why the model could not be asked.
 */
export async function runAsking(root: URL, job: Job, onTold: OnTold): Promise<Yours> {
  const may = readable(root, [job.folder, job.text ?? [], job.tokens ?? []].flat());
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--no-prompt", "--no-check", may, ...job.runtime === "native" ? NATIVE : []],
      ...["lib/cli/verify/ask.ts", JSON.stringify(job)],
    ],
    cwd: root,
    env: { NO_COLOR: "1", FORCE_COLOR: "" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const errors = new Response(child.stderr).text();
  let model: OwnModel | undefined;
  const claims: AskedClaim[] = [];
  let refused: string | undefined;
  for await (const told of lines(child.stdout)) {
    if (told.kind === "model") model = told.model;
    if (told.kind === "claim") claims.push(told.claim);
    if (told.kind === "refused") refused = told.reason;
    onTold(told);
  }
  const { code, signal } = await child.status;
  if (model && code === 0) return { ...model, claims };
  const why = refused ?? (signal ? `it was ended by ${signal}` : (await errors).trim());
  throw new ModelFileError(why);
}

async function* lines(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Told> {
  let rest = "";
  for await (const piece of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + piece).split("\n");
    rest = parts.pop()!;
    for (const part of parts) yield JSON.parse(part);
  }
}
