/** `deno task sabotage`: every claim on models broken in every way of the catalogue. */
import { catalogue } from "../model/sabotages/catalogue.ts";
import { joinMatrices } from "../report/matrix/join.ts";
import { type Matrix, matrixInWords, type MatrixRow } from "../report/matrix/matrix.ts";
import { renderMatrix } from "../report/matrix/render.ts";
import { unexplained } from "../report/matrix/unexplained.ts";
import { fileAt } from "./files_in.ts";
import { here, type Place } from "./place.ts";
import { readSpecFolder } from "./report/spec_folder.ts";
import { toolVersions } from "./report/tool_versions.ts";
import { EXPLAINED } from "./sabotage/explained.ts";
import { readSabotageOptions, SABOTAGE_USAGE, type SabotageOptions } from "./sabotage/options.ts";
import { readMatrix } from "./sabotage/read_matrix.ts";
import { runMatrix } from "./sabotage/run_matrix.ts";

/** Where the sabotages are listed. */
const CATALOGUE = "lib/model/sabotages/catalogue.ts";

/** The command: what it exits with. */
export async function sabotageCommand(args: readonly string[], place: Place): Promise<number> {
  let matrix: Matrix;
  try {
    const options = readSabotageOptions(args);
    if (options.help) {
      place.screen.write(`${SABOTAGE_USAGE}\n`);
      return 0;
    }
    matrix = await matrixOf(options, place);
  } catch (error) {
    place.complain((error as Error).message);
    return 2;
  }
  const source = await Deno.readTextFile(fileAt(place.root, CATALOGUE));
  await Deno.mkdir(fileAt(place.root, "report/"), { recursive: true });
  const wrong = unexplained(matrix, EXPLAINED);
  for (const [path, text] of renderMatrix(matrix, wrong, { file: CATALOGUE, source })) {
    await Deno.writeTextFile(fileAt(place.root, `report/${path}`), text);
  }
  for (const line of wrong) place.screen.write(`unexplained: ${line}\n`);
  place.screen.write(`${matrixInWords(matrix)}; ${wrong.length} unexplained\n`);
  return wrong.length === 0 ? 0 : 1;
}

async function matrixOf(options: SabotageOptions, { root, screen }: Place): Promise<Matrix> {
  const order = catalogue.map(({ id }) => id);
  if (options.merge) {
    const parts = await Promise.all(options.merge.map((path) => readMatrix(root, path)));
    return joinMatrices(parts, order);
  }
  const start = performance.now();
  const [tool, { files }] = await Promise.all([toolVersions(root), readSpecFolder(root)]);
  const { all, workers, sabotages } = options;
  const onRow = (row: MatrixRow) => screen.write(`${rowInWords(row)}\n`);
  const { claims, rows } = await runMatrix({
    ...{ root: root.href, files, all, workers, sabotages, onRow },
  });
  return {
    tool,
    seconds: Math.round((performance.now() - start) / 1000),
    complete: rows.length === order.length,
    claims,
    sabotages: rows,
  };
}

/** A line for a sabotage that is done. */
function rowInWords({ id, noticed, survived, crashed, least }: MatrixRow): string {
  const asked = noticed.length + survived.length + crashed.length;
  const little = least ? `, as little as ${least.strength.toPrecision(2)} ${least.of}` : "";
  const crashes = crashed.length > 0 ? `, ${crashed.length} crashed` : "";
  return `${id}: noticed by ${noticed.length} of ${asked} claims${crashes}${little}`;
}

if (import.meta.main) Deno.exit(await sabotageCommand(Deno.args, here()));
