import { assertEquals } from "@std/assert";
import { byMaking, trainedModels } from "./models_table.ts";

Deno.test("models are listed by origin, families with how many they are", () => {
  const { plain } = byMaking([
    { name: "random ones", origin: "random", about: "small", size: 5 },
    { name: "echo", origin: "built" },
    { name: "gpt/1", origin: "trained", about: "four layers" },
    { name: "gpt/2", origin: "trained", about: "four layers" },
  ]);
  assertEquals(plain.rows, [
    ["gpt/1, gpt/2", "four layers", "trained"],
    ["echo", "", "built"],
    ["random ones (5 models)", "small", "random"],
  ]);
});

Deno.test("models that were changed on purpose have a table of their own", () => {
  const gpt = { name: "gpt", origin: "trained" };
  const lifted = { name: "gpt, lifted", origin: "built", about: "gpt, changed: up", from: "gpt" };
  const { plain, changed } = byMaking([gpt, lifted]);
  assertEquals(plain.rows.length, 1, "those that are what they are");
  assertEquals(changed.rows, [["gpt, lifted", "gpt, changed: up", "built"]]);
});

Deno.test("those that were trained, or are the reader's, can be listed alone", () => {
  const models = ["trained", "random", "yours", "built"].map((origin) => ({
    name: origin,
    origin,
  }));
  const lifted = { name: "gpt, lifted", origin: "trained", from: "gpt" };
  assertEquals(trainedModels([...models, lifted]).rows.map(([name]) => name), ["yours", "trained"]);
});
