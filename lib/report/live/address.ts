import { type Chosen, readChosen, writeChosen } from "../../model/sabotages/chosen.ts";

/** What a reader tries, as the address of a page keeps it. */
export interface Experiment {
  /** What is broken, and how strongly; at most two things. */
  readonly chosen: readonly Chosen[];
  /** The reader's text, if there is one. */
  readonly text?: string;
  /** Which model reads it. */
  readonly model?: string;
  /** Which head is looked at: its layer, and its place there. */
  readonly head?: readonly [layer: number, head: number];
}

/** How many sabotages may be combined. */
export const MOST = 2;

/** What the query of an address asks for: whatever cannot be meant is left out. */
export function readAddress(query: string): Experiment {
  const asked = new URLSearchParams(query);
  const chosen = asked.getAll("break").slice(0, MOST).map(readChosen);
  const [, layer, head] = /^(\d{1,3})\.(\d{1,3})$/.exec(asked.get("head") ?? "") ?? [];
  return {
    chosen,
    ...asked.has("text") ? { text: asked.get("text")! } : {},
    ...asked.has("model") ? { model: asked.get("model")! } : {},
    ...layer === undefined ? {} : { head: [Number(layer), Number(head)] as const },
  };
}

/** The query that {@linkcode readAddress} reads; "" where nothing is asked for. */
export function writeAddress({ chosen, text, model, head }: Experiment): string {
  const asked = new URLSearchParams();
  for (const each of chosen) asked.append("break", writeChosen(each));
  if (text !== undefined) asked.set("text", text);
  if (model !== undefined) asked.set("model", model);
  if (head !== undefined) asked.set("head", head.join("."));
  return asked.size === 0 ? "" : `?${asked}`;
}
