/**
 * A process of its own that runs a program for as long as somebody holds its standard input: when
 * that is closed, as it is when its holder ends, in whichever way, the program is killed. So no test
 * outlives the command that started it. What is first written there is all of the program's own input.
 */
export const KEEPER = import.meta.url;

async function keep([program, ...args]: string[]): Promise<void> {
  const child = new Deno.Command(program, { args, stdin: "piped" }).spawn();
  const held = Deno.stdin.readable.getReader();
  const hold = async () => {
    await handOn((await held.read()).value, child.stdin);
    while (!(await held.read()).done);
    child.kill("SIGKILL");
  };
  hold().catch(() => {}); // It may have ended just now.
  const { code, signal } = await child.status;
  if (signal) Deno.kill(Deno.pid, signal);
  Deno.exit(code);
}

/** Writes it, and nothing more; whoever is to read it may have ended. */
async function handOn(input: Uint8Array | undefined, to: WritableStream<Uint8Array>) {
  const writer = to.getWriter();
  if (input) await writer.write(input).catch(() => {});
  await writer.close().catch(() => {});
}

if (import.meta.main) await keep(Deno.args);
