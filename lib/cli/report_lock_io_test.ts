import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { clearReport } from "./report_folder.ts";
import { lockReport } from "./report_lock.ts";

/** Runs with a folder of a report in a temporary place. */
async function withFolder(body: (folder: URL) => Promise<void>): Promise<void> {
  const place = await Deno.makeTempDir();
  try {
    await body(new URL(`file://${place}/report/`));
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

Deno.test("a report's folder is locked to one run, also while it is cleared, until that is done", () =>
  withFolder(async (folder) => {
    {
      using first = await lockReport(folder);
      assert(first, "nobody has it yet");
      await clearReport(folder);
      assertEquals(await lockReport(folder), undefined, "the first one has it");
    }
    using later = await lockReport(folder);
    assert(later, "it was given back");
  }));

Deno.test("a run that was killed leaves no lock behind", () =>
  withFolder(async (folder) => {
    const code = `import { lockReport } from "${new URL("report_lock.ts", import.meta.url)}";
      const lock = await lockReport(new URL("${folder}"));
      console.log(lock ? "locked" : "not locked");
      await new Promise((done) => setTimeout(done, 60_000));`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-config", code],
      stdout: "piped",
    }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    assertStringIncludes(new TextDecoder().decode(value), "locked");
    assertEquals(await lockReport(folder), undefined, "while it lives, it has it");
    child.kill("SIGKILL");
    await child.status;
    await reader.cancel();
    using lock = await lockReport(folder);
    assert(lock, "the system has taken it back");
  }));
