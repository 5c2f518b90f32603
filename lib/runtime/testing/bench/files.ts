/** Writes the files that `first.ts` reads. */
import { exportCheckpoint } from "../../../model/mod.ts";
import { plainFile, subject } from "./subject.ts";

const [folder] = Deno.args;
const model = subject();
await Deno.writeFile(`${folder}/plain.onnx`, plainFile(model));
for (const [name, bytes] of Object.entries(exportCheckpoint(model))) {
  await Deno.writeFile(`${folder}/${name}`, bytes);
}
