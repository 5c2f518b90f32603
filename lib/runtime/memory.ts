import { isNative } from "./backend.ts";
import { releaseSessions } from "./pool.ts";

/** How the runtimes, and JavaScript, say that there is no memory left. */
const SIGNS = /bad_alloc|allocat|out of memory|enlarge memory|shape is too large|aborted/i;

/**
 * What an attempt gives. If it does not fit into memory it is made once more, after all sessions
 * that wait were released.
 *
 * @param asked What was asked for, for the message.
 * @throws {RangeError} If it does not fit then either.
 */
export async function withRoom<T>(attempt: () => Promise<T>, asked: () => string): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
  }
  await releaseSessions();
  try {
    return await attempt();
  } catch (cause) {
    if (!isOutOfMemory(cause)) throw cause;
    throw new RangeError(`Cannot run ${asked()}: it does not fit into memory. ${advice(cause)}`, {
      cause,
    });
  }
}

function isOutOfMemory(error: unknown): error is Error {
  return error instanceof Error && SIGNS.test(error.message);
}

function advice({ message }: Error): string {
  const less = "Ask for fewer rows or shorter ones, or keep fewer hooks; for many interventions " +
    "use sweep, which takes as many at a time as fit";
  // An abort leaves the module unusable; a refused allocation does not.
  if (/aborted/i.test(message)) return `${less}; but first start anew: this runtime has ended`;
  return isNative() ? less : `${less}; or start onnxruntime-node, which has no limit of 4 GB`;
}
