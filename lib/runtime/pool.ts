import { buildGraph, type Variant } from "../model/build.ts";
import { hooksOf } from "../model/hooks.ts";
import type { Model } from "../model/model.ts";
import { GraphSession } from "./engine.ts";

/** How many sessions wait to be used again: a claim seldom turns to more models than this at once. */
const KEEP = 8;

type Entry = { model: Model; key: string; session: Promise<GraphSession> };
let pool: Entry[] = [];

/** The session for a model built in one way, opened now or used again. */
export async function sessionFor(model: Model, variant: Variant): Promise<GraphSession> {
  const key = JSON.stringify([variant.intervene?.toSorted(), variant.past]);
  const found = pool.find((entry) => entry.model === model && entry.key === key);
  const entry = found ?? { model, key, session: open(model, variant) };
  pool = [entry, ...pool.filter((other) => other !== entry)];
  const evicted = pool.splice(KEEP);
  await Promise.all(evicted.map(release));
  return entry.session;
}

/** Releases every session that waits. Call it when done with the models of a test. */
export async function releaseSessions(): Promise<void> {
  const all = pool;
  pool = [];
  await Promise.all(all.map(release));
}

function open(model: Model, variant: Variant): Promise<GraphSession> {
  const hooks = hooksOf(model.config).map((hook) => hook.name);
  const graph = buildGraph(model, variant);
  const next = variant.past ? graph.names.filter((name) => name.startsWith("next.")) : [];
  return GraphSession.open(graph, [...hooks, ...next], false);
}

/** A session that could not be opened has nothing to give back; whoever asked has its error. */
async function release({ session }: Entry): Promise<void> {
  const opened = await session.catch(() => undefined);
  await opened?.release();
}
