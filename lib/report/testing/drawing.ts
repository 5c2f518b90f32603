/** For tests of the report: what there is in a drawing. */
import { assertEquals } from "@std/assert";
import { DOMParser } from "linkedom";
import { drawIllustration, type Illustration } from "../charts/illustrations/illustration.ts";

/** The drawing itself, if it has a place for everything and no colour that is not the page's. */
export function sound(drawing: string): string {
  assertEquals(/NaN|undefined|Infinity/.exec(drawing), null, "it must have a place for everything");
  const colours = drawing.matchAll(/(?:fill|stroke|color)[=:]\s*"?([^";]+)/g);
  const fixed = [...colours].map((match) => match[1].trim())
    .filter((colour) => !/^(currentColor|none|var\(--\w+\))$/.test(colour));
  assertEquals(fixed, [], "colours that do not follow the page, be it light or dark");
  return drawing;
}

/** A sound drawing as a document. */
export function parse(drawing: string) {
  return new DOMParser().parseFromString(sound(drawing), "image/svg+xml");
}

/** The texts of a drawing, or of what a selector finds in it. */
export function texts(drawing: string, within = ""): string[] {
  return [...parse(drawing).querySelectorAll(`${within} text`)].map((text) => text.textContent!);
}

/** What an illustration draws, whatever it is called. */
export function drawn<I extends Illustration>(
  illustration: Omit<I, "title" | "caption">,
  width = 640,
) {
  return parse(drawIllustration({ title: "t", caption: "c", ...illustration } as I, width));
}
