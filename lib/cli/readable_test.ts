import { assertEquals, assertThrows } from "@std/assert";
import { ModelFileError } from "../model/mod.ts";
import { readable } from "./readable.ts";

Deno.test("a process may read the project and what is outside of it, if Deno can be told its name", () => {
  const root = new URL("file:///project/");
  assertEquals(readable(root, ["/project/fixtures/x", "/a b/c"]), "--allow-read=.,/a b/c");
  const message = "Cannot read /a,b: Deno cannot be told to read a path with a comma";
  assertThrows(() => readable(root, ["/a,b"]), ModelFileError, message);
});
