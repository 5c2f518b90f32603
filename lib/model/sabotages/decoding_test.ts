import "../../runtime/testing/start.ts";
import { assertEquals } from "@std/assert";
import { Decoder, releaseSessions, run } from "../../runtime/mod.ts";
import { assertSameBits } from "../../tensor/testing/assert_same_bits.ts";
import { smallModel } from "../testing/small_models.ts";
import { restartedPositions } from "./decoding.ts";

const TEXT = [1, 2, 3, 4, 5];

Deno.test.afterAll(releaseSessions);

Deno.test("fed at once a text has its positions; fed token by token all of them are the first", async () => {
  for (const positions of ["learned", "rotary"] as const) {
    const model = smallModel({ positions });
    const broken = restartedPositions.apply(model);
    const whole = (await run(model, [TEXT])).logits;
    assertSameBits((await run(broken, [TEXT])).logits, whole, `${positions}: fed at once`);
    const decoder = new Decoder(broken);
    const steps = [];
    for (const token of TEXT) steps.push(await decoder.step([[token]]));
    assertSameBits(steps[0].get(0, 0), whole.get(0, 0), `${positions}: the first token`);
    const sound = `${whole.get(0, 4).data}`;
    assertEquals(`${steps[4].get(0, 0).data}` === sound, false, `${positions}: the fifth`);
  }
});

Deno.test("it fits where positions are a table or turns", () => {
  for (const positions of ["sinusoidal", "alibi", "none"] as const) {
    const reason = restartedPositions.unfit(smallModel({ positions }).config);
    assertEquals(reason, "its positions are neither learned nor rotary", positions);
  }
});

Deno.test("one repeated token, decoded without positions of its own, repeats its prediction", async () => {
  const model = restartedPositions.apply(smallModel());
  const decoder = new Decoder(model);
  const first = await decoder.step([[3]]);
  // All keys and values are alike, so their mean is each of them, but for rounding.
  const second = await decoder.step([[3]]);
  const apart = first.data.map((x, i) => Math.abs(x - second.data[i])).reduce((a, b) =>
    Math.max(a, b)
  );
  assertEquals(apart < 1e-6, true, `moved by ${apart}`);
});
