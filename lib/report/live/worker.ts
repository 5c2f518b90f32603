import memoize from "memoize";
import { startRuntime } from "../../runtime/mod.ts";
import type { Subject } from "../../claims/mod.ts";
import { latestQuestion, type PlacedQuestion } from "../../claims/register.ts";
import type { Model } from "../../model/mod.ts";
import { chosenSabotage } from "../../model/sabotages/catalogue.ts";
import { Bench } from "./bench.ts";
import { describe, inOneLine } from "./describe.ts";
import type { Files, Reply, Request } from "./messages.ts";
import { type Pieces, readText } from "./reader.ts";

/** What a worker is handed: nothing of it is part of the library. */
export interface Stock {
  /** Spec files by their path from the project's root, loaded when they are asked for. */
  readonly specs: Readonly<Record<string, () => Promise<unknown>>>;
  /** The models that may read a text, by name. */
  readonly models: Readonly<Record<string, Subject<Model>>>;
  /** What these were trained with. */
  readonly tokenizer: () => Promise<Pieces>;
}

/** Files that were asked for, each with whoever waits for it. */
const waiting = new Map<string, (files: Files | string) => void>();
const packs = new Map<string, Promise<Files>>();

let say: (reply: Reply) => void = () => {};

/**
 * A file of the project, had from the page: "models/gpt/config.json". All files of a folder come
 * together.
 */
export async function given(path: string): Promise<{ default: Uint8Array<ArrayBuffer> }> {
  const pack = path.slice(0, path.lastIndexOf("/"));
  if (!packs.has(pack)) packs.set(pack, ask(pack));
  packs.get(pack)!.catch(() => packs.delete(pack)); // who asks again tries again
  const files = await packs.get(pack)!;
  if (!Object.hasOwn(files, path)) throw new Error(`The page has no ${path}`);
  return { default: files[path] };
}

function ask(pack: string): Promise<Files> {
  return new Promise((resolve, reject) => {
    waiting.set(pack, (files) => {
      if (typeof files === "string") reject(new Error(`Cannot load ${pack}: ${files}`));
      else resolve(files);
    });
    say({ kind: "need", pack });
  });
}

/**
 * Answers what a page asks, which asks for one thing at a time.
 *
 * @param reply Hands an answer to the page.
 * @returns What is to be called with each request; it never rejects.
 */
export function serve(
  stock: Stock,
  reply: (reply: Reply) => void,
): (request: Request) => Promise<void> {
  say = reply;
  const bench = new Bench(memoize((file: string) => questionIn(stock.specs, file)), reply);
  return async (request) => {
    try {
      await answer(request, stock, bench);
    } catch (error) {
      reply({ kind: "refused", reason: (error as Error).message });
    }
  };
}

/** What a spec file asks; it is loaded once, and then has asked. */
async function questionIn(specs: Stock["specs"], file: string): Promise<PlacedQuestion> {
  if (!Object.hasOwn(specs, file)) throw new RangeError(`There is no spec file "${file}"`);
  await specs[file]();
  const question = latestQuestion();
  if (!question) throw new RangeError(`The spec file "${file}" asks no question`);
  return question;
}

async function answer(request: Request, { models, tokenizer }: Stock, bench: Bench): Promise<void> {
  switch (request.kind) {
    case "start":
      await startRuntime(request.wasm);
      return say({ kind: "started" });
    case "files":
      return waiting.get(request.pack)?.(request.files);
    case "choices":
      return say({
        kind: "choices",
        offers: await bench.offers(request.file),
        models: await bench.readers(request.file, models),
      });
    case "describe": {
      const described = describe(request.chosen);
      return say({ kind: "described", described, line: inOneLine(described) });
    }
    case "run":
      return await bench.run(request.file, request.chosen, request.recorded);
    case "read": {
      const { model, chosen, ...asked } = request;
      if (!Object.hasOwn(models, model)) throw new RangeError(`There is no model "${model}"`);
      const sabotage = chosenSabotage(chosen);
      const reading = await readText(models[model], await tokenizer(), { ...asked, sabotage });
      const broken = sabotage && inOneLine(describe(chosen));
      return say({ kind: "reading", reading: { ...reading, broken } });
    }
  }
}
