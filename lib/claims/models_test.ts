import { assertEquals } from "@std/assert";
import { eachOnce, introduce } from "./models.ts";
import { line, lines } from "./testing/toy.ts";

Deno.test("subjects and families are introduced with what is known of them", () => {
  const family = { ...lines(), about: "lines of any slope" };
  assertEquals(introduce([{ ...line("one"), about: "a line", from: "two" }, family, line("two")]), [
    { name: "one", origin: "built", about: "a line", from: "two" },
    { name: family.name, origin: "random", about: "lines of any slope", size: family.size },
    { name: "two", origin: "built" },
  ]);
});

Deno.test("a family drawn in two sizes is introduced with the larger", () => {
  const family = { name: "lines", origin: "random" };
  const models = [{ ...family, size: 3 }, { ...family, size: 8 }, { ...family, size: 5 }];
  assertEquals(eachOnce(models), [{ ...family, size: 8 }]);
});

Deno.test("models that share a name and are not the same are both introduced", () => {
  const models = ["straight", "bent"].map((about) => ({ name: "line", origin: "built", about }));
  assertEquals(eachOnce(models), models);
});
