/** The signals that end a process and can be caught, with their numbers. */
const SIGNALS: Partial<Record<Deno.Signal, number>> = Deno.build.os === "windows"
  ? { SIGINT: 2, SIGBREAK: 21 }
  : { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 };

/** How often it is looked whether whoever started this process is still there, in milliseconds. */
const LOOK = 500;

/**
 * Ends this process on any signal that asks for it, and once whoever started it has ended, even if
 * that was killed. What this one started is to notice by itself that this one is gone.
 *
 * @param say Is told why.
 */
export function endWhenAsked(say: (why: string) => void): void {
  const end = (why: string, code: number) => {
    say(why);
    Deno.exit(code);
  };
  for (const [signal, number] of Object.entries(SIGNALS)) {
    Deno.addSignalListener(signal as Deno.Signal, () => end(`ended by ${signal}`, 128 + number));
  }
  const parent = Deno.ppid;
  Deno.unrefTimer(setInterval(() => {
    if (Deno.ppid !== parent) end("whoever started it has ended", 1);
  }, LOOK));
}
