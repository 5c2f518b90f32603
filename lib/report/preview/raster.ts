import { initWasm, Resvg } from "@resvg/resvg-wasm";
import wasm from "@resvg/resvg-wasm/index_bg.wasm" with { type: "bytes" };
import regular from "@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf" with {
  type: "bytes",
};
import bold from "@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf" with { type: "bytes" };
import memoize from "memoize";
import type { Document } from "../document/document.ts";
import { contentsPreview, previewFile, questionPreview } from "./preview.ts";

/** Those who show a link show no SVG, so pictures for them are drawn here; what draws starts once. */
const start = memoize(() => initWasm(wasm));

/** The pictures of all pages as PNG, each by its path in the report's folder. */
export async function renderPreviews(document: Document): Promise<Map<string, Uint8Array>> {
  await start();
  const pages = document.questions.map((each) => [each.page, questionPreview(each)] as const);
  return new Map([["index.html", contentsPreview(document)] as const, ...pages]
    .map(([page, picture]) => [previewFile(page), png(picture)]));
}

function png(picture: string): Uint8Array {
  const font = { fontBuffers: [regular, bold], defaultFontFamily: "PT Serif" };
  using drawing = disposed(new Resvg(picture, { font }));
  return drawing.it.render().asPng();
}

/** What holds memory that is not collected. */
function disposed<T extends { free(): void }>(it: T) {
  return { it, [Symbol.dispose]: () => it.free() };
}
