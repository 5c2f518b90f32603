import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../training/testing/temporary_folder.ts";
import { writeWhole } from "./whole_file.ts";

/** A folder that has a file `old`, and where that is. */
async function withOld() {
  const folder = await temporaryFolder({ file: "old" });
  return { ...folder, file: new URL("file", folder.url) };
}

Deno.test("a file is made or replaced, and nothing else is left in its folder", async () => {
  await using folder = await withOld();
  const other = new URL("other", folder.url);
  await writeWhole(folder.file, "new");
  await writeWhole(other, Uint8Array.of(1, 2, 255));
  assertEquals(await Deno.readTextFile(folder.file), "new");
  assertEquals(await Deno.readFile(other), Uint8Array.of(1, 2, 255));
  assertEquals(await folder.names(), ["file", "other"]);
});

Deno.test("whoever reads while a file is replaced finds the old one or the new one, whole", async () => {
  await using folder = await withOld();
  const [old, young] = [1, 2].map((byte) => new Uint8Array(1 << 22).fill(byte));
  await writeWhole(folder.file, old);
  const found = new Set<string>();
  let writing = true;
  const written = writeWhole(folder.file, young).finally(() => writing = false);
  while (writing) {
    const bytes = await Deno.readFile(folder.file);
    found.add(`${bytes.length} bytes, ${bytes[0]} to ${bytes[bytes.length - 1]}`);
  }
  await written;
  assertGreater(found.size, 0, "it was read meanwhile");
  const sound = [`${1 << 22} bytes, 1 to 1`, `${1 << 22} bytes, 2 to 2`];
  assertEquals([...found].filter((what) => !sound.includes(what)), []);
});

Deno.test("two who write at once do not write into each other's file: one of the two is there", async () => {
  await using folder = await withOld();
  const both = ["1", "2"].map((text) => text.repeat(1 << 22));
  await Promise.all(both.map((text) => writeWhole(folder.file, text)));
  assert(both.includes(await Deno.readTextFile(folder.file)), "it is whole");
  assertEquals(await folder.names(), ["file"]);
});

Deno.test("a write that is interrupted leaves a file that is kept out of the repository", async () => {
  const ignored = await Deno.readTextFile(new URL("../../.gitignore", import.meta.url));
  assert(ignored.split("\n").includes("*.partial"), ignored);
});

Deno.test({
  name: "on a full disk the old file stays, and the error names the file",
  ignore: Deno.build.os !== "linux", // /dev/full takes nothing, as a full disk does
  async fn() {
    await using folder = await withOld();
    const [randomUUID, name] = [crypto.randomUUID, "1-2-3-4-5"] as const;
    using _ = { [Symbol.dispose]: () => crypto.randomUUID = randomUUID };
    crypto.randomUUID = () => name;
    await Deno.symlink("/dev/full", new URL(`file.${name}.partial`, folder.url));
    const message = `Cannot write ${fileURLToPath(folder.file)}: No space left on device`;
    await assertRejects(() => writeWhole(folder.file, "new"), Error, message);
    assertEquals(await Deno.readTextFile(folder.file), "old");
    assertEquals(await folder.names(), ["file"]);
  },
});

Deno.test("a folder that is not there is an error, and is not made", async () => {
  await using folder = await withOld();
  const path = new URL("missing/file", folder.url);
  const message = `Cannot write ${fileURLToPath(path)}: `;
  await assertRejects(() => writeWhole(path, "new"), Error, message);
  assertEquals(await folder.names(), ["file"]);
});
