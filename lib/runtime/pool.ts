import { buildGraph, type Variant } from "../model/build.ts";
import { hooksOf } from "../model/hooks.ts";
import type { Model } from "../model/model.ts";
import { GraphSession } from "./engine.ts";

/** How many sessions wait to be used again: a claim seldom turns to more models than this at once. */
const KEEP = 8;

interface Entry {
  readonly model: Model;
  readonly key: string;
  readonly session: Promise<GraphSession>;
  /** What is being done with the session now: until that is over it is not released. */
  readonly uses: Set<Promise<unknown>>;
}

let pool: Entry[] = [];

/**
 * Does something with the session of a model built in one way, opened now or used again. The model
 * is known by identity: an equal one gets a session of its own.
 */
export async function withSession<T>(
  model: Model,
  variant: Variant,
  use: (session: GraphSession) => Promise<T>,
): Promise<T> {
  const entry = entryFor(model, variant);
  pool = [entry, ...pool.filter((other) => other !== entry)];
  const evicted = pool.splice(KEEP);
  const work = entry.session.then(use);
  entry.uses.add(work);
  try {
    return await work;
  } finally {
    entry.uses.delete(work);
    await Promise.all(evicted.map(release));
  }
}

/** Releases every session, each when what runs on it now is over. Call it when done with a test. */
export async function releaseSessions(): Promise<void> {
  const all = pool;
  pool = [];
  await Promise.all(all.map(release));
}

function entryFor(model: Model, variant: Variant): Entry {
  const { intervene = [], past = false, tokens } = variant;
  const key = JSON.stringify([intervene.toSorted(), past, tokens]);
  const found = pool.find((entry) => entry.model === model && entry.key === key);
  if (found) return found;
  const entry: Entry = { model, key, session: open(model, variant), uses: new Set() };
  // What could not be opened is not kept: the next one to ask tries again.
  entry.session.catch(() => pool = pool.filter((other) => other !== entry));
  return entry;
}

function open(model: Model, variant: Variant): Promise<GraphSession> {
  const hooks = hooksOf(model.config).map((hook) => hook.name);
  const graph = buildGraph(model, variant);
  const next = variant.past ? graph.names.filter((name) => name.startsWith("next.")) : [];
  return GraphSession.open(graph, [...hooks, ...next], false);
}

/** A session that could not be opened has nothing to give back; whoever asked has its error. */
async function release({ session, uses }: Entry): Promise<void> {
  await Promise.allSettled(uses);
  const opened = await session.catch(() => undefined);
  await opened?.release();
}
