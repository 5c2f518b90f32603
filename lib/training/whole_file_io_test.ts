import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { writeWhole } from "./whole_file.ts";

/** A folder that has a file `old` while `use` runs. */
async function withFolder(use: (folder: URL) => Promise<void>): Promise<void> {
  const folder = new URL(`file://${await Deno.makeTempDir()}/`);
  try {
    await Deno.writeTextFile(new URL("file", folder), "old");
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function names(folder: URL): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("a file is made or replaced, and nothing else is left in its folder", async () => {
  await withFolder(async (folder) => {
    await writeWhole(new URL("file", folder), "new");
    await writeWhole(new URL("other", folder), Uint8Array.of(1, 2, 255));
    assertEquals(await Deno.readTextFile(new URL("file", folder)), "new");
    assertEquals(await Deno.readFile(new URL("other", folder)), Uint8Array.of(1, 2, 255));
    assertEquals(await names(folder), ["file", "other"]);
  });
});

Deno.test("whoever reads while a file is replaced finds the old one or the new one, whole", async () => {
  await withFolder(async (folder) => {
    const file = new URL("file", folder);
    const [old, young] = [1, 2].map((byte) => new Uint8Array(1 << 22).fill(byte));
    await writeWhole(file, old);
    const found = new Set<string>();
    let writing = true;
    const written = writeWhole(file, young).finally(() => writing = false);
    while (writing) {
      const bytes = await Deno.readFile(file);
      found.add(`${bytes.length} bytes, ${bytes[0]} to ${bytes[bytes.length - 1]}`);
    }
    await written;
    assertGreater(found.size, 0, "it was read meanwhile");
    const sound = [`${1 << 22} bytes, 1 to 1`, `${1 << 22} bytes, 2 to 2`];
    assertEquals([...found].filter((what) => !sound.includes(what)), []);
  });
});

Deno.test("two who write at once do not write into each other's file: one of the two is there", async () => {
  await withFolder(async (folder) => {
    const file = new URL("file", folder);
    const both = ["1", "2"].map((text) => text.repeat(1 << 22));
    await Promise.all(both.map((text) => writeWhole(file, text)));
    assert(both.includes(await Deno.readTextFile(file)), "it is whole");
    assertEquals(await names(folder), ["file"]);
  });
});

Deno.test("a write that is interrupted leaves a file that is kept out of the repository", async () => {
  const ignored = await Deno.readTextFile(new URL("../../.gitignore", import.meta.url));
  assert(ignored.split("\n").includes("*.partial"), ignored);
});

Deno.test({
  name: "on a full disk the old file stays, and the error names the file",
  ignore: Deno.build.os !== "linux", // /dev/full takes nothing, as a full disk does
  async fn() {
    await withFolder(async (folder) => {
      const [randomUUID, name] = [crypto.randomUUID, "1-2-3-4-5"] as const;
      using _ = { [Symbol.dispose]: () => crypto.randomUUID = randomUUID };
      crypto.randomUUID = () => name;
      await Deno.symlink("/dev/full", new URL(`file.${name}.partial`, folder));
      await assertRejects(
        () => writeWhole(new URL("file", folder), "new"),
        Error,
        `Cannot write ${folder.pathname}file: No space left on device`,
      );
      assertEquals(await Deno.readTextFile(new URL("file", folder)), "old");
      assertEquals(await names(folder), ["file"]);
    });
  },
});

Deno.test("a folder that is not there is an error, and is not made", async () => {
  await withFolder(async (folder) => {
    const path = new URL("missing/file", folder);
    await assertRejects(() => writeWhole(path, "new"), Error, `Cannot write ${path.pathname}: `);
    assertEquals(await names(folder), ["file"]);
  });
});
