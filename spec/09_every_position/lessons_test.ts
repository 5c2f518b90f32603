import { assertAlmostEquals, assertEquals } from "@std/assert";
import { modelOf } from "../../lib/circuits/testing/models.ts";
import type * as models from "../../fixtures/mod.ts";
import { atTheEnd, compare, honest, shortPrompts, shortPromptsAtTheEnd } from "./lessons.ts";
import { type Lesson, lessons } from "./subjects.ts";

/** Three models that hold all words equally likely, and losses that fell by 1 with each stretch. */
function lessonOfIgnorants(): Lesson {
  const sizes = { n_layers: 1, d_model: 4, n_heads: 1, d_vocab: 480, n_ctx: 60 };
  const model = { ...modelOf(sizes), name: "all words alike" };
  const curve: models.LossCurve = Array.from({ length: 20 }, (_, i) => [i + 1, 20 - i]);
  const three = { every: model, last: model, frequencies: model };
  const curves = { every: curve, last: curve, frequencies: curve };
  return { ...three, taught: [200, 50], curves };
}

Deno.test("between models that know nothing there is nothing to choose", async () => {
  const lesson = lessonOfIgnorants();
  const { lastOfLast, gain, hardlyMore, fewer, curve } = await compare(lesson);
  assertAlmostEquals(lastOfLast, Math.log(480), 1e-6, "480 words");
  assertEquals([gain, hardlyMore, fewer], [{ nats: 0, error: 0 }, 0, 4]);
  assertEquals([curve.step, curve.last], [[5, 10, 15, 20], [18, 13, 8, 3]]);
  const none = await honest({ ...lesson, unmasked: lesson.every });
  assertEquals([none.more.nats, none.rest.nats], [0, 0]);
});

Deno.test("nor does it matter to them how long a prompt is, or where it stands", async () => {
  for (const measure of [shortPrompts, shortPromptsAtTheEnd]) {
    const { length, ahead, lost, lostByFirst } = await measure(lessonOfIgnorants());
    for (const zero of [...ahead, lost.nats, lostByFirst]) assertAlmostEquals(zero, 0, 1e-12);
    assertEquals(ahead.length, length.length);
  }
});

Deno.test("at the end of the window four tokens have its last four positions", async () => {
  const { every } = await lessons[0].load();
  const [table, moved] = [every, atTheEnd(every, 4)].map(({ weights }) =>
    weights["pos_embed.W_pos"]
  );
  for (const p of [0, 3, 4, 59]) assertEquals(moved.get(p).data, table.get((p + 56) % 60).data);
});
