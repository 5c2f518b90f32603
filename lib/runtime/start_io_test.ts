/** In a process of its own: where the other tests run, the runtime was started. */
import { assert, assertStringIncludes } from "@std/assert";

Deno.test("a session before the runtime was started is an error that says what to do", async () => {
  const code = `
    import { Graph } from "./lib/onnx/graph.ts";
    import { GraphSession } from "./lib/runtime/session.ts";
    await GraphSession.open(new Graph(), []);
  `;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  assert(!success, "it must fail");
  const message = "Error: Cannot open a session: call startRuntime(wasm) first";
  assertStringIncludes(new TextDecoder().decode(stderr), message);
});
