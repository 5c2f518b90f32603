/**
 * A process of its own that runs a program for as long as somebody holds its standard input: when
 * that is closed, as it is when its holder ends, in whichever way, the program is killed. So no test
 * outlives the command that started it.
 */
export const KEEPER = import.meta.url;

async function keep([program, ...args]: string[]): Promise<void> {
  const child = new Deno.Command(program, { args, stdin: "null" }).spawn();
  const letGo = Deno.stdin.readable.pipeTo(new WritableStream());
  letGo.then(() => child.kill("SIGKILL")).catch(() => {}); // It may have ended just now.
  const { code, signal } = await child.status;
  if (signal) Deno.kill(Deno.pid, signal);
  Deno.exit(code);
}

if (import.meta.main) await keep(Deno.args);
