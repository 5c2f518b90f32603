import { fileURLToPath } from "node:url";
import { assertEquals, assertRejects } from "@std/assert";
import { ModelFileError, openCheckpoint } from "../model/mod.ts";
import { temporaryFolder } from "../training/testing/temporary_folder.ts";
import { checkpointFolder } from "./checkpoint_folder.ts";

const GPT = fileURLToPath(new URL("../../fixtures/models/gpt", import.meta.url));

Deno.test("a folder on the disk is a checkpoint", async () => {
  const files = await checkpointFolder(GPT);
  assertEquals(files.names.filter((name) => /json|safetensors/.test(name)), [
    "card.json",
    "config.json",
    "model.safetensors",
  ]);
  const { model } = await openCheckpoint(files, { name: "gpt" });
  assertEquals([model.name, model.config.n_layers], ["gpt", 4]);
});

Deno.test("links are followed, folders are no files, and nothing else can be read", async () => {
  await using folder = await temporaryFolder({ "model.safetensors/in": "the way" });
  const path = fileURLToPath(folder.url);
  await Deno.symlink(`${GPT}/config.json`, `${path}/config.json`);
  await Deno.symlink(`${GPT}/nowhere.json`, `${path}/dangling.json`);
  await Deno.symlink(GPT, `${path}/folder.json`);
  const files = await checkpointFolder(path);
  assertEquals(files.names, ["config.json", "dangling.json", "folder.json"]);
  assertEquals(await files.read("config.json"), await Deno.readFile(`${GPT}/config.json`));
  const required = "model.safetensors or model.safetensors.index.json is required";
  await assertRejects(() => openCheckpoint(files), ModelFileError, required);
  const read = async (name: string) => await files.read(name);
  await assertRejects(() => read("dangling.json"), ModelFileError, "Cannot read dangling.json:");
  await assertRejects(() => read("folder.json"), ModelFileError, "folder.json: it is no file");
  await assertRejects(() => read("../x"), ModelFileError, "there is no such file");
  const none = `${path}/none`;
  await assertRejects(() => checkpointFolder(none), ModelFileError, `the folder ${none}`);
});
