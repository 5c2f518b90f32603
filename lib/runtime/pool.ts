import { buildGraph, type BuildOptions, hooksOf, type Model } from "../model/mod.ts";
import { GraphSession } from "./session.ts";

/**
 * How many sessions wait to be used again. A spec's claims turn to the same few dozen small models
 * one after the other; a session of such a model holds about a megabyte.
 */
const KEEP = 96;

/** Which sessions are to be released. */
export interface ReleaseOptions {
  /** Only those of models with more numbers than this in their weights; all unless told. */
  readonly above?: number;
}

interface Entry {
  readonly model: Model;
  readonly key: string;
  readonly session: Promise<GraphSession>;
  /** What is being done with the session now: until that is over it is not released. */
  readonly uses: Set<Promise<unknown>>;
}

/** Sessions by model and by the way it is built, opened when they are first used. */
export class SessionPool {
  #entries: Entry[] = [];

  /** A pool that keeps the `keep` sessions used last. */
  constructor(readonly keep: number) {}

  /**
   * Does something with the session of a model built in one way, opened now or used again. The model
   * is known by identity: an equal one gets a session of its own.
   */
  async use<T>(
    model: Model,
    options: BuildOptions,
    use: (session: GraphSession) => Promise<T>,
  ): Promise<T> {
    const entry = this.#entryFor(model, options);
    this.#entries = [entry, ...this.#entries.filter((other) => other !== entry)];
    const evicted = this.#entries.splice(this.keep);
    const work = entry.session.then(use);
    entry.uses.add(work);
    try {
      return await work;
    } finally {
      entry.uses.delete(work);
      await Promise.all(evicted.map(release));
    }
  }

  /** Releases sessions, each when what runs on it now is over. */
  async release({ above = 0 }: ReleaseOptions = {}): Promise<void> {
    const large = this.#entries.filter(({ model }) => sizeOf(model) > above);
    this.#entries = this.#entries.filter((entry) => !large.includes(entry));
    await Promise.all(large.map(release));
  }

  #entryFor(model: Model, options: BuildOptions): Entry {
    const { intervene = [], past = false, tokens } = options;
    const key = JSON.stringify([intervene.toSorted(), past, tokens]);
    const found = this.#entries.find((entry) => entry.model === model && entry.key === key);
    if (found) return found;
    const entry: Entry = { model, key, session: open(model, options), uses: new Set() };
    // What could not be opened is not kept: the next one to ask tries again.
    entry.session.catch(() => this.#entries = this.#entries.filter((other) => other !== entry));
    return entry;
  }
}

/** The pool of all runs. */
export const sessions: SessionPool = new SessionPool(KEEP);

/**
 * Releases the sessions that runs have left open, each when what runs on it now is over. Call it
 * when done with a test, or with `above` when done with what is large.
 */
export function releaseSessions(options: ReleaseOptions = {}): Promise<void> {
  return sessions.release(options);
}

/** How many numbers there are in a model's weights. */
function sizeOf({ weights }: Model): number {
  return Object.values(weights).reduce((sum, { size }) => sum + size, 0);
}

function open(model: Model, options: BuildOptions): Promise<GraphSession> {
  const hooks = hooksOf(model.config).map((hook) => hook.name);
  const graph = buildGraph(model, options);
  const next = options.past ? graph.names.filter((name) => name.startsWith("next.")) : [];
  return GraphSession.open(graph, [...hooks, ...next], false);
}

/** A session that could not be opened has nothing to give back; whoever asked has its error. */
async function release({ session, uses }: Entry): Promise<void> {
  await Promise.allSettled(uses);
  const opened = await session.catch(() => undefined);
  await opened?.release();
}
