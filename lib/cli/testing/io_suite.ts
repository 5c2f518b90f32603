/**
 * The second suite: every `*_io_test.ts`, which may read, write and start processes. Plain
 * `deno test` excludes those files by name, and would exclude them here too; so they are imported.
 */
import { testsOnDisk } from "../tests_on_disk.ts";

const ROOT = new URL("../../../", import.meta.url);

for (const file of (await testsOnDisk(ROOT)).io) await import(new URL(file, ROOT).href);
