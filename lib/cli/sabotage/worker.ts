/** One of the workers that ask in parallel: each has a runtime of its own. */
import "./no_location.ts";
import { catalogue } from "../../model/sabotages/catalogue.ts";
import type { MatrixClaim, MatrixRow } from "../../report/matrix/matrix.ts";
import { askBroken, askSound } from "./ask.ts";
import { specClaims } from "./spec_claims.ts";

/** What a worker is told first. */
export interface Begin {
  readonly root: string;
  readonly files: readonly string[];
  readonly all: boolean;
}

/** Then, what to do next: claims on sound models, by number, or a sabotage, by name. */
export type Job = { readonly sound: readonly number[] } | { readonly broken: string };

/** What it answers. */
export type Done =
  | { readonly ready: number }
  | { readonly sound: readonly MatrixClaim[] }
  | { readonly row: MatrixRow };

const worker = self as unknown as {
  onmessage: (event: MessageEvent) => void;
  postMessage: (done: Done) => void;
};

worker.onmessage = async ({ data }: MessageEvent<Begin>) => {
  const claims = await specClaims(new URL(data.root), data.files);
  worker.onmessage = async ({ data: job }: MessageEvent<Job>) => {
    if ("sound" in job) {
      const sound: MatrixClaim[] = [];
      for (const i of job.sound) sound.push(await askSound(claims[i]));
      return worker.postMessage({ sound });
    }
    const choice = catalogue.find(({ id }) => id === job.broken)!;
    worker.postMessage({ row: await askBroken(choice, claims, data.all) });
  };
  worker.postMessage({ ready: claims.length });
};
