import temml from "temml";

/**
 * A formula, given as TeX, as MathML. Nothing in it can leave its place: links and pictures are no
 * commands here, and text is escaped.
 *
 * @throws {Error} If it is no TeX that is known here, with the reason.
 */
export function mathml(tex: string): string {
  return temml.renderToString(tex, { throwOnError: true, trust: false, maxExpand: 100 });
}
