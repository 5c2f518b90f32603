/** In a process of its own: what it asks of the C library holds for the rest of a process. */
import { assertLess } from "@std/assert";
import { keepMemory } from "./keep_memory.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("a buffer is made of what an earlier one gave back", {
  ignore: Deno.build.os !== "linux", // it does nothing elsewhere
}, async () => {
  const flags = ["--no-lock", "--v8-flags=--expose-gc", "--allow-all"];
  const args = ["run", "--no-check", ...flags, "lib/runtime/testing/page_faults.ts"];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, cwd: ROOT }).output();
  const pages = 64e6 / 4096; // 15,625, which are all handed out anew without it
  assertLess(Number(new TextDecoder().decode(stdout)), pages / 10);
});

Deno.test("without the permission nothing happens", { permissions: { ffi: false } }, () => {
  keepMemory();
});
