import { assertEquals, assertMatch } from "@std/assert";
import { packFile, packScript } from "../pack.ts";
import type { Reply, Request } from "../messages.ts";
import { withBeside } from "../testing/beside.ts";
import { Host } from "./host.ts";

const bytes = new TextEncoder().encode("nothing runs");

const scripts = Object.fromEntries(
  await Promise.all(
    [["worker", "worker.js"], ["runtime", "runtime.wasm"], ["models/gpt", "models/gpt/card.json"]]
      .map(async ([name, path]) => [packFile(name), await packScript(name, { [path]: bytes })]),
  ),
);

/** Stands in for the browser's: starts at once, and needs a model before it is done. */
class FakeWorker {
  static asked: Request[] = [];
  static starts = true;
  onmessage?: (event: { data: Reply }) => void;
  ended = false;

  postMessage(request: Request): void {
    FakeWorker.asked.push(request);
    const reply = ({
      start: FakeWorker.starts ? { kind: "started" } : { kind: "refused", reason: "no memory" },
      run: { kind: "need", pack: "models/gpt" },
      read: { kind: "need", pack: "models/none" },
      files: { kind: "done" },
    } as Partial<Record<Request["kind"], Reply>>)[request.kind];
    if (reply) queueMicrotask(() => this.onmessage?.({ data: reply }));
  }

  terminate(): void {
    this.ended = true;
  }
}

/** What is heard once a request was handed to a host. */
async function heard(request: Request, beside = scripts): Promise<Reply> {
  const { Worker } = globalThis;
  Object.assign(globalThis, { Worker: FakeWorker });
  FakeWorker.asked = [];
  const { promise, resolve } = Promise.withResolvers<Reply>();
  try {
    await withBeside(beside, async () => {
      const host = new Host(resolve);
      await host.ask(request);
      await promise;
      host.stop();
    });
  } finally {
    Object.assign(globalThis, { Worker });
  }
  return await promise;
}

const run: Request = { kind: "run", file: "spec/01_test.ts", chosen: [], recorded: {} };

Deno.test("a worker is started when it is first asked, and is brought what it needs", async () => {
  assertEquals(await heard(run), { kind: "done" });
  assertEquals(FakeWorker.asked.map(({ kind }) => kind), ["start", "run", "files"]);
  assertEquals(FakeWorker.asked[2], {
    kind: "files",
    pack: "models/gpt",
    files: { "models/gpt/card.json": bytes },
  });
});

Deno.test("what cannot be brought is told to the worker, in words", async () => {
  await heard({ kind: "read", text: "a", chosen: [], model: "gpt", layer: 0, head: 0 });
  const { files } = FakeWorker.asked.at(-1) as Request & { kind: "files" };
  assertEquals(files, "live/models-none.js is missing beside this page");
});

Deno.test("where no worker can start, the reader is told why", async () => {
  const reply = await heard(run, {});
  assertEquals(reply.kind, "refused");
  assertMatch(JSON.stringify(reply), /It cannot run here: live\/\w+.js is missing/);
});

Deno.test("a runtime that does not start is said, and nobody waits for it", async () => {
  FakeWorker.starts = false;
  try {
    assertEquals(await heard(run), {
      kind: "refused",
      reason: "It cannot run here: no memory.",
    });
  } finally {
    FakeWorker.starts = true;
  }
});
