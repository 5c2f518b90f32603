import { assertEquals, assertRejects } from "@std/assert";
import { readCorpus } from "./corpus.ts";

/** A folder that has some files while `use` runs. */
async function withFolder(files: Record<string, string>, use: (folder: URL) => Promise<void>) {
  const path = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${path}/${name}`, text);
    }
    await use(new URL(`file://${path}/`));
  } finally {
    await Deno.remove(path, { recursive: true });
  }
}

Deno.test("a corpus is the files that match, by name, with a hash of every byte", async () => {
  const files = { "b.txt": "two\r\n", "a.txt": "one", "10.txt": "ten", "data.json": "no" };
  await withFolder(files, async (folder) => {
    const book = { name: "toy", source: "npm:toy@1.0.0", folder, files: /\.txt$/ };
    const corpus = await readCorpus({ books: [book], seed: "a", heldOutShare: 0.3 });
    const texts = [...corpus.training, ...corpus.heldOut];
    assertEquals(
      texts.sort((a, b) => a.name < b.name ? -1 : 1),
      [
        { name: "toy/10.txt", text: "ten" },
        { name: "toy/a.txt", text: "one" },
        { name: "toy/b.txt", text: "two" },
      ],
    );
    assertEquals(corpus.data, [{
      source: "npm:toy@1.0.0",
      // for f in 10.txt a.txt b.txt; do echo "$(sha256sum $f | cut -c1-64) $f"; done | sha256sum
      sha256: "3f4371e8245d7fb0fd137179cea0475a42a879a07569caeb5a370a160b2ca1d3",
      files: 3,
      held_out: corpus.heldOut.map(({ name }) => name),
    }]);
    assertEquals(corpus.heldOut.length, 1, "one of three equal texts is 30 %");
  });
});

Deno.test("a folder without the book's files is refused", async () => {
  await withFolder({ "readme.md": "" }, async (folder) => {
    const book = { name: "toy", source: "npm:toy@1.0.0", folder, files: /\.txt$/ };
    await assertRejects(
      () => readCorpus({ books: [book], seed: "a", heldOutShare: 0.3 }),
      Error,
      "Cannot read npm:toy@1.0.0: its folder must hold files like /\\.txt$/, got none",
    );
  });
});
