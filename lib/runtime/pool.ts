import memoize from "memoize";
import { sum } from "../tensor/mod.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Feed, GraphSession } from "./session.ts";

/**
 * How many sessions wait to be used again. A spec's claims turn to the same few dozen shapes of
 * model one after the other; a session without weights holds about a megabyte.
 */
const KEEP = 96;

/** How many weights may lie in sessions that wait: 2 GB, a model of 1 GB as it is and broken. */
const ROOM = 2 ** 29;

/** A graph as the runtime gets it. */
export interface EncodedGraph {
  /** A ModelProto. */
  readonly bytes: Uint8Array;
  /** The values that a run may ask for, in the order of the graph. */
  readonly outputs: readonly string[];
  /** Where its session is to keep the weights, in the order of its inputs, instead of being fed. */
  readonly stored?: {
    readonly weights: readonly Tensor[];
    /** The ModelProto with them in it. */
    encode(): Uint8Array;
  };
}

interface Entry {
  /** How many weights the session keeps. */
  readonly size: number;
  readonly session: Promise<GraphSession>;
  /** The runs on the session now: until they are over it is not released. */
  readonly runs: Set<Promise<unknown>>;
}

/** Sessions by their graph, byte for byte, opened when they are first used. */
export class SessionPool {
  /** The one used last comes last. */
  readonly #entries = new Map<string, Entry>();

  /** A pool that keeps the `keep` sessions used last, as far as their weights have `room`. */
  constructor(readonly keep: number, readonly room: number = ROOM) {}

  /** Runs a graph on a session that is opened now or used again; see {@linkcode GraphSession.run}. */
  async run(
    graph: EncodedGraph,
    feeds: Readonly<Record<string, Feed>>,
    fetch: readonly string[],
  ): Promise<Record<string, Tensor>> {
    const { session, runs } = this.#entryFor(graph);
    const evicted = this.#overfull();
    const run = session.then((opened) => opened.run(feeds, fetch));
    runs.add(run);
    try {
      return await run;
    } finally {
      runs.delete(run);
      await Promise.all(evicted.map(release));
    }
  }

  /** Releases all sessions, each when what runs on it now is over. */
  async release(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(release));
  }

  #entryFor(graph: EncodedGraph): Entry {
    const key = textOf(graph);
    const entry = this.#entries.get(key) ?? this.#open(key, graph);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  #open(key: string, { bytes, outputs, stored }: EncodedGraph): Entry {
    const entry = {
      size: sum(stored?.weights.map(({ size }) => size) ?? []),
      session: stored
        ? GraphSession.of(stored.encode(), outputs, true)
        : GraphSession.of(bytes, outputs),
      runs: new Set<Promise<unknown>>(),
    };
    // What could not be opened is not kept: the next one to ask tries again.
    entry.session.catch(() => this.#entries.get(key) === entry && this.#entries.delete(key));
    return entry;
  }

  #overfull(): Entry[] {
    const evicted: Entry[] = [];
    let size = sum([...this.#entries.values()].map((entry) => entry.size));
    for (const [key, entry] of this.#entries) {
      if (this.#entries.size <= this.keep && size <= this.room) break;
      this.#entries.delete(key);
      evicted.push(entry);
      size -= entry.size;
    }
    return evicted;
  }
}

/** The pool of all runs. */
export const sessions: SessionPool = new SessionPool(KEEP);

/** Releases the sessions that runs have left open, each when what runs on it now is over. */
export function releaseSessions(): Promise<void> {
  return sessions.release();
}

/**
 * The bytes as a text, which a map can look up; where weights are stored, with a number for each of
 * them. So a model that is broken in one block shares the sessions of its others with the sound one.
 */
const textOf = memoize(
  ({ bytes, stored }: EncodedGraph) =>
    (stored?.weights.map(numberOf) ?? []).join(" ") + new TextDecoder("latin1").decode(bytes),
  { cache: new WeakMap() },
);

let tensors = 0;
const numberOf = memoize((_: Tensor) => tensors++, { cache: new WeakMap() });

/** A session that could not be opened has nothing to give back; whoever asked has its error. */
async function release({ session, runs }: Entry): Promise<void> {
  await Promise.allSettled(runs);
  const opened = await session.catch(() => undefined);
  await opened?.release();
}
