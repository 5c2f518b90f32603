import type { InferenceSession, Tensor as OrtTensor } from "onnxruntime-web/wasm";
import { encode, type Graph } from "../onnx/mod.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Backend, backend } from "./backend.ts";

/** Integers with a shape, as token ids are fed. */
export interface Integers {
  /** Whole numbers in row-major order. */
  readonly integers: readonly number[];
  /** The length of each axis. */
  readonly shape: readonly number[];
}

/** Truth values with a shape, as masks are fed. */
export interface Booleans {
  /** 0 or 1, in row-major order. */
  readonly booleans: Uint8Array;
  /** The length of each axis. */
  readonly shape: readonly number[];
}

/** What a graph may be fed with. */
export type Feed = Tensor | Integers | Booleans;

let open = 0;
let turn: Promise<void> = Promise.resolve();

/**
 * One call at a time: calls into the runtime that overlap mangle each other's arguments on the stack
 * that they share, which ends in an error or never. It has one thread, so nothing is lost; native,
 * a call blocks anyway until it is done.
 */
function inTurn<T>(call: () => Promise<T>): Promise<T> {
  const result = turn.then(call);
  turn = result.then(() => undefined, () => undefined);
  return result;
}

/** How many sessions are open now: memory that only `release()` gives back. */
export function openSessions(): number {
  return open;
}

/** A graph that is ready to run. */
export class GraphSession {
  readonly #session: InferenceSession;
  readonly #tensor: Backend["Tensor"];
  #released?: Promise<void>;

  private constructor(
    session: InferenceSession,
    tensor: Backend["Tensor"],
    readonly outputs: readonly string[],
  ) {
    this.#session = session;
    this.#tensor = tensor;
  }

  /**
   * Hands a graph to the runtime.
   *
   * @param optimize Whether the runtime may simplify the graph first and plan its memory: worth it
   * for many runs, but a session opens in half the time without. The results are the same bits.
   * @throws {Error} If the runtime was not started or refuses the graph.
   */
  static async open(
    graph: Graph,
    outputs: readonly string[],
    optimize = true,
  ): Promise<GraphSession> {
    return await GraphSession.of(encode(graph, outputs), outputs, optimize);
  }

  /** The same for a graph that is encoded already; to open it quickly is the rule here. */
  static async of(
    model: Uint8Array,
    outputs: readonly string[],
    optimize = false,
  ): Promise<GraphSession> {
    const runtime = backend();
    const session = await inTurn(() =>
      runtime.InferenceSession.create(model, runtime.options(optimize))
    );
    open++;
    return new GraphSession(session, runtime.Tensor, outputs);
  }

  /** The names that a run must feed. */
  get inputs(): readonly string[] {
    return this.#session.inputNames;
  }

  /**
   * Runs the graph.
   *
   * @param feeds What each input gets; what the graph does not need is left aside.
   * @param fetch The outputs wanted: all unless told.
   * @returns Outputs by name; integers and truth values arrive as numbers too.
   * @throws {Error} If an input is missing or misshapen, an output is unknown, or the session was
   * released.
   */
  async run(
    feeds: Readonly<Record<string, Feed>>,
    fetch: readonly string[] = this.outputs,
  ): Promise<Record<string, Tensor>> {
    if (this.#released) throw new Error("Cannot run: the session was released");
    const given = this.inputs.map((name) => {
      if (!Object.hasOwn(feeds, name)) throw new Error(`Cannot run: input "${name}" is missing`);
      return [name, toOrt(feeds[name], this.#tensor)] as const;
    });
    const results = await inTurn(() => this.#session.run(Object.fromEntries(given), [...fetch]));
    return Object.fromEntries(fetch.map((name) => [name, fromOrt(results[name])]));
  }

  /** Gives the memory back, after the runs that were asked for before. Safe to call twice. */
  release(): Promise<void> {
    return this.#released ??= inTurn(async () => {
      await this.#session.release();
      open--;
    });
  }
}

/** What a session of the runtime is fed with. */
export function toOrt(feed: Feed, Made: Backend["Tensor"]): OrtTensor {
  if (feed instanceof Tensor) return new Made("float32", feed.data, feed.shape);
  if ("booleans" in feed) return new Made("bool", feed.booleans, feed.shape);
  return new Made("int64", BigInt64Array.from(feed.integers, BigInt), feed.shape);
}

function fromOrt(result: OrtTensor): Tensor {
  const { data, dims } = result;
  if (data instanceof Float32Array) return new Tensor(data, dims);
  return new Tensor(Float32Array.from(data as ArrayLike<number | bigint>, Number), dims);
}
