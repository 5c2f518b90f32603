import { assert, assertEquals } from "@std/assert";
import * as sample from "../testing/sample.ts";
import { renderPreviews } from "./raster.ts";

Deno.test("each page has a picture of its own, as PNG of the size that is asked for", async () => {
  const pictures = await renderPreviews(sample.document());
  assertEquals([...pictures.keys()], ["previews/index.png", "previews/10-mlp-moves-nothing.png"]);
  const again = await renderPreviews(sample.document());
  for (const [path, png] of pictures) {
    const view = new DataView(png.buffer, png.byteOffset);
    assertEquals(String.fromCharCode(...png.slice(1, 4)), "PNG");
    assertEquals([view.getUint32(16), view.getUint32(20)], [1200, 630]);
    assert(png.length > 10_000 && png.length < 150_000, `${png.length} bytes: text is drawn`);
    assertEquals(again.get(path), png, "the same bytes again");
  }
});
