const cleanups = new Set<() => void | Promise<void>>();

/**
 * Has `cleanup` called after every run of every claim, also where the run threw. For what a
 * `measure` leaves behind, such as sessions of a runtime, which this folder knows nothing about.
 */
export function afterEachRun(cleanup: () => void | Promise<void>): void {
  cleanups.add(cleanup);
}

/** Calls everything that was registered. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups) await cleanup();
}
