import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { clearEvidence } from "./folder.ts";
import { lockReport } from "./lock.ts";
import { temporaryFolder } from "../../training/testing/temporary_folder.ts";

Deno.test("a report's folder is locked to one run, also while it is cleared, until that is done", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  {
    using first = await lockReport(folder);
    assert(first, "nobody has it yet");
    await clearEvidence(folder);
    assertEquals(await lockReport(folder), undefined, "the first one has it");
  }
  using later = await lockReport(folder);
  assert(later, "it was given back");
});

Deno.test("a run that was killed leaves no lock behind", async () => {
  await using place = await temporaryFolder();
  const folder = new URL("report/", place.url);
  const code = `import { lockReport } from ${JSON.stringify(import.meta.resolve("./lock.ts"))};
      const lock = await lockReport(new URL(${JSON.stringify(folder)}));
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
});
