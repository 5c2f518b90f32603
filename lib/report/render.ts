import answersSchema from "./answers.schema.json" with { type: "json" };
import { svgFile } from "./charts/chart.ts";
import type { ControlView } from "./document/control_view.ts";
import type { Document } from "./document/document.ts";
import { controlFile } from "./html/control.ts";
import { contentsHtml } from "./html/contents.ts";
import { questionPageHtml } from "./html/question_page.ts";
import { renderJson } from "./json.ts";
import openBench from "./live/page/open.js" with { type: "text" };
import { renderMarkdown } from "./markdown/page.ts";

/**
 * Every file of the report by its path in the report's folder.
 *
 * @param live What pages load to run their claims; without it they cannot.
 */
export function renderFiles(
  document: Document,
  live: ReadonlyMap<string, string> = new Map(),
): Map<string, string> {
  const pictures = document.questions.flatMap(({ head, views }) => [
    ...(head ? [head] : []),
    ...views.flatMap((view) => view.pictures),
  ]);
  const figures = pictures.flatMap(({ anchor, charts }) =>
    charts === undefined ? [] : [[`figures/${anchor}.svg`, svgFile(charts.wide)] as const]
  );
  const controls = document.questions.flatMap(({ views }) =>
    views.flatMap(({ controlViews }) => controlViews.flatMap(controlFiles))
  );
  return new Map([
    ...figures,
    ...controls,
    ["answers.schema.json", JSON.stringify(answersSchema, null, 2) + "\n"],
    ["answers.json", renderJson(document)],
    ["answers.md", renderMarkdown(document)],
    ...live,
    ...live.size > 0 ? [["live/open.js", openBench] as const] : [],
    ...document.questions.map((each) =>
      [each.page, questionPageHtml(document, each, live.size > 0)] as const
    ),
    ["index.html", contentsHtml(document, live.size > 0)],
  ]);
}

/** The pictures of a control, which pages load when they are asked for. */
function controlFiles({ pictures }: ControlView): [path: string, svg: string][] {
  return pictures.flatMap(({ anchor, charts }) =>
    (["wide", "narrow"] as const).flatMap((width): [string, string][] =>
      charts ? [[controlFile(anchor, width), svgFile(charts[width])]] : []
    )
  );
}
