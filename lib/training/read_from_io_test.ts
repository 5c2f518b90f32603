import { assertEquals, assertRejects } from "@std/assert";
import { readFrom } from "./read_from.ts";
import { temporaryFolder } from "./testing/temporary_folder.ts";

Deno.test("a file is read where it is there, and only where it is there", async () => {
  await using folder = await temporaryFolder({ "card.json": "{}", "config.json/in": "the way" });
  const read = readFrom(folder.url);
  assertEquals(new TextDecoder().decode(await read("card.json")), "{}");
  assertEquals(await read("model.safetensors"), undefined);
  await assertRejects(async () => await read("config.json"), Error, "directory");
});
