/** onnxruntime-node, in processes of its own: nothing else is to load it. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const ROOT = new URL("../../", import.meta.url);

async function deno(...args: string[]): Promise<{ success: boolean; output: string }> {
  const command = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, env: { NO_COLOR: "1" } });
  const { success, stdout, stderr } = await command.output();
  const output = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  return { success, output };
}

Deno.test("the runtime's tests pass on onnxruntime-node, with one permission", async () => {
  const { success, output } = await deno(
    ...["test", "--no-check", "--no-lock", "--no-prompt", "--allow-ffi"],
    ...["--preload=lib/runtime/testing/native.ts", "lib/runtime/", "lib/model/graph/"],
    "lib/runtime/testing/large_suite.ts",
  );
  assert(success, output);
  assertMatch(output, /\d\d passed/);
});

Deno.test("without the permission it says which one it takes", async () => {
  const { success, output } = await deno(
    ...["run", "--no-check", "--no-lock", "--no-prompt", "lib/runtime/testing/native.ts"],
  );
  assert(!success, "it must fail");
  assertStringIncludes(output, "Cannot start onnxruntime-node: --allow-ffi and the package");
});

Deno.test("its version is onnxruntime-web's, and nobody fetches it who does not start it", async () => {
  const read = (file: string) => Deno.readTextFile(new URL(file, ROOT));
  const { imports } = JSON.parse(await read("deno.json"));
  const [version] = /onnxruntime-node@[\d.]+/.exec(await read("lib/runtime/native.ts"))!;
  assertEquals(imports["onnxruntime-web"], `npm:${version.replace("node", "web")}`);
  for (const file of ["deno.json", "deno.lock"]) {
    assert(!(await read(file)).includes("onnxruntime-node"), `${file} must not name it`);
  }
});
