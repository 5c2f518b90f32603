/** For tests: a hub on this machine with one model, `owner/name`, whose commit is {@linkcode COMMIT}. */
import { createHash } from "node:crypto";

export const COMMIT = "c0ffee".padEnd(40, "0");

/** A hub that is there as long as somebody uses it; what it does can be changed on the way. */
export interface HubServer extends AsyncDisposable {
  readonly address: string;
  /** The files; those whose bytes change keep the hash that they had. */
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  /** After how many bytes it stops, a request each; then it gives all. */
  readonly stops: number[];
  /** Whether it is then silent, and does not hang up. */
  silent: boolean;
  /** Whether it gives all of a file, whatever part was asked for. */
  ignoresRanges: boolean;
  /** What it was asked for, in order. */
  readonly asked: string[];
  /** Its answers, instead of the usual ones, by the path that is asked for. */
  readonly answers: Map<string, Response>;
}

const encoder = new TextEncoder();

/** A hub with files; those named `*.safetensors` lie elsewhere, as large ones do. */
export function hubServer(contents: Readonly<Record<string, string | Uint8Array>>): HubServer {
  const files = new Map(
    Object.entries(contents).map(([name, content]) => {
      return [
        name,
        new Uint8Array(typeof content === "string" ? encoder.encode(content) : content),
      ];
    }),
  );
  const listed = new Map([...files].map(([path, bytes]) => [path, listing(path, bytes)]));
  const hub = {
    files,
    stops: [],
    silent: false,
    ignoresRanges: false,
    asked: [],
    answers: new Map(),
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const { pathname } = new URL(request.url);
    const range = request.headers.get("range");
    state.asked.push(range ? `${pathname} ${range}` : pathname);
    const other = state.answers.get(pathname);
    if (other) return other.clone();
    if (pathname.startsWith("/api/models/owner/name/revision/")) {
      return Response.json({
        sha: COMMIT,
        siblings: [...listed.keys()].map((rfilename) => ({ rfilename })),
      });
    }
    if (pathname === `/api/models/owner/name/paths-info/${COMMIT}`) {
      const { paths } = await request.json();
      return Response.json(paths.flatMap((path: string) => listed.get(path) ?? []));
    }
    const [, place, name] =
      pathname.match(/^\/(?:owner\/name\/(resolve)\/[^/]+|(?:elsewhere))\/(.*)$/) ?? [];
    const bytes = state.files.get(name);
    if (!bytes) return Response.json({ error: "not found" }, { status: 404 });
    if (place && name.endsWith(".safetensors")) {
      return new Response(null, { status: 302, headers: { Location: `/elsewhere/${name}` } });
    }
    return fileResponse(state, bytes, range);
  });
  const { port } = server.addr as Deno.NetAddr;
  const state: HubServer = Object.assign(hub, {
    address: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  });
  return state;
}

function listing(path: string, bytes: Uint8Array) {
  const oid = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  const entry = { type: "file", path, size: bytes.length, oid };
  if (!path.endsWith(".safetensors")) return entry;
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...entry, lfs: { oid: sha256, size: bytes.length, pointerSize: 134 } };
}

function fileResponse(
  hub: HubServer,
  bytes: Uint8Array<ArrayBuffer>,
  range: string | null,
): Response {
  const from = hub.ignoresRanges ? 0 : Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  const stop = hub.stops.shift();
  const headers = { "Content-Length": `${bytes.length - from}` };
  const status = from > 0 ? 206 : 200;
  if (stop === undefined) return new Response(bytes.subarray(from), { status, headers });
  const body = new ReadableStream({
    async pull(controller) {
      controller.enqueue(bytes.subarray(from, from + stop));
      await new Promise((resolve) => setTimeout(resolve, 20)); // so that it is on its way
      if (!hub.silent) controller.close();
      else await new Promise(() => {});
    },
  }, { highWaterMark: 0 });
  return new Response(body, { status, headers });
}
