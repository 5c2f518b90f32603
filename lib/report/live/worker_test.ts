import { assertEquals, assertRejects } from "@std/assert";
import "../../runtime/testing/give_back.ts";
import type { Reply, Request } from "./messages.ts";
import { letters, reader } from "./testing/letters.ts";
import { given, serve } from "./worker.ts";

const said: Reply[] = [];
const stock = { specs: {}, models: { small: reader }, tokenizer: () => Promise.resolve(letters) };
const answer = serve(stock, (reply) => said.push(reply));

/** What is said last when this is asked. */
async function last(request: Request): Promise<Reply | undefined> {
  await answer(request);
  return said.at(-1);
}

const read = { kind: "read", text: "abc", chosen: [], model: "small", layer: 0, head: 0 } as const;

Deno.test("a text is read by the model that is asked for", async () => {
  const reply = await last(read);
  assertEquals(reply?.kind === "reading" && reply.reading.pieces, ["a", "b", "c"]);
});

Deno.test("a broken model's reading says what it is broken by, and what is chosen is described", async () => {
  const chosen = [{ id: "no-causal-mask" }];
  const reply = await last({ ...read, chosen });
  assertEquals(reply?.kind === "reading" && reply.reading.broken, "no causal mask");
  const sound = await last(read);
  assertEquals(sound?.kind === "reading" && sound.reading.broken, undefined);
  const told = await last({ kind: "describe", chosen });
  assertEquals(told?.kind === "described" && told.described[0].name, "no causal mask");
});

Deno.test("whatever cannot be done is refused, and the next thing is done", async () => {
  const run = { kind: "run", file: "spec/99_test.ts", chosen: [], recorded: {} } as const;
  const refused = async (request: Request) => {
    const reply = await last(request);
    return reply?.kind === "refused" && reply.reason;
  };
  assertEquals(await refused(run), 'There is no spec file "spec/99_test.ts"');
  assertEquals(await refused({ ...run, file: "toString" }), 'There is no spec file "toString"');
  assertEquals(await refused({ ...read, model: "constructor" }), 'There is no model "constructor"');
  assertEquals((await last(read))?.kind, "reading");
});

Deno.test("the files of a model are asked for once, all together", async () => {
  const pack = "models/small/1";
  const [config, card] = [given(`${pack}/config.json`), given(`${pack}/card.json`)];
  assertEquals(said.at(-1), { kind: "need", pack });
  const files = { [`${pack}/config.json`]: new Uint8Array([1]) };
  await answer({ kind: "files", pack, files });
  assertEquals((await config).default, new Uint8Array([1]));
  await assertRejects(() => card, Error, `The page has no ${pack}/card.json`);
  const none = given("models/none/config.json");
  await answer({ kind: "files", pack: "models/none", files: "it is missing" });
  await assertRejects(() => none, Error, "Cannot load models/none: it is missing");
  const again = given("models/none/config.json");
  await answer({
    kind: "files",
    pack: "models/none",
    files: { "models/none/config.json": files[`${pack}/config.json`] },
  });
  assertEquals((await again).default, new Uint8Array([1]), "who asks again tries again");
});
