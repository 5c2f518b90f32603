import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { reference } from "../reference/reference.ts";
import { smallModel } from "../testing/small_models.ts";
import { Unfit } from "../unfit.ts";
import { shortened } from "./shorten.ts";

Deno.test("in a shorter window a model says what it said", () => {
  for (const positions of ["learned", "sinusoidal", "rotary", "alibi", "none"] as const) {
    const model = smallModel({ positions });
    const short = shortened(model, 3);
    assertEquals(short.config.n_ctx, 3);
    const said = reference(short, [[4, 0, 2]]).get("logits");
    assertEquals(said, reference(model, [[4, 0, 2]]).get("logits"), positions);
  }
});

Deno.test("a window of its own length is the model itself, and a longer one there is not", () => {
  const model = smallModel();
  assertStrictEquals(shortened(model, model.config.n_ctx), model);
  assertThrows(() => shortened(model, 99), Unfit, "its window has 8");
});
