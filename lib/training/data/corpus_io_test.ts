import { assertEquals, assertRejects } from "@std/assert";
import { temporaryFolder } from "../testing/temporary_folder.ts";
import { readCorpus } from "./corpus.ts";

/** A corpus of one book, the texts of a folder. */
const read = (folder: URL) =>
  readCorpus([{ name: "toy", source: "npm:toy@1.0.0", folder, files: /\.txt$/ }], {
    seed: "a",
    heldOutShare: 0.3,
  });

Deno.test("a corpus is the files that match, by name, with a hash of every byte", async () => {
  const files = { "b.txt": "two\r\n", "a.txt": "one", "10.txt": "ten", "data.json": "no" };
  await using folder = await temporaryFolder(files);
  const corpus = await read(folder.url);
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

Deno.test("a folder without the book's files is refused", async () => {
  await using folder = await temporaryFolder({ "readme.md": "" });
  await assertRejects(
    () => read(folder.url),
    Error,
    "Cannot read npm:toy@1.0.0: its folder must hold files like /\\.txt$/, got none",
  );
});
