import { assert, assertEquals } from "@std/assert";
import { renderFiles } from "../../report/mod.ts";
import * as sample from "../../report/testing/sample.ts";
import { unwatched, watched } from "./watched_page.ts";

Deno.test("pages that are watched reload and say so, and are as they were without that", () => {
  const files = renderFiles(sample.document([sample.hostile("<body>$&")]));
  const reload = '<meta http-equiv="refresh"';
  for (const [name, text] of watched(files)) {
    const page = name.endsWith(".html");
    assertEquals(text.split(reload).length - 1, page ? 1 : 0, name);
    assertEquals(text.includes("This page is being watched"), page, name);
    assert(!files.get(name)!.includes(reload), "the finished report does not");
    assertEquals(unwatched(text), files.get(name), name);
  }
});
