/** Thrown where something takes longer than it may. */
export class OverTime extends Error {
  override readonly name = "OverTime";
}

/**
 * What `work` comes to, unless that takes longer than it may: then it rejects, and the work is left
 * to itself. Work that never waits for anything cannot be interrupted, and is judged once it ends.
 *
 * @param seconds How long it may take.
 * @throws {OverTime} If it takes longer.
 */
export async function within<T>(seconds: number, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const over = () => new OverTime(`took longer than the limit of ${seconds} s`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(over()), seconds * 1000);
  });
  try {
    const done = await Promise.race([work(), end]);
    if (performance.now() - start > seconds * 1000) throw over();
    return done;
  } finally {
    clearTimeout(timer);
  }
}
