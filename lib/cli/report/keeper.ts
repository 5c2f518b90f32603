/**
 * Runs a program for as long as somebody holds this one's standard input: when that is closed, as it
 * is when its holder ends, in whichever way, the program is killed. So no test outlives the command
 * that started it.
 */
const [program, ...args] = Deno.args;
const child = new Deno.Command(program, { args, stdin: "null" }).spawn();

async function killOnceLetGo(): Promise<void> {
  await Deno.stdin.readable.pipeTo(new WritableStream());
  child.kill("SIGKILL");
}

killOnceLetGo().catch(() => {}); // It has ended just now.
const { code, signal } = await child.status;
if (signal) Deno.kill(Deno.pid, signal);
Deno.exit(code);
