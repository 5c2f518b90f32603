/** From files to the first logits: `ours` from a Hugging Face folder, `plain` from an ONNX file. */
import { openCheckpoint } from "../../../model/mod.ts";
import { checkpointFolder } from "../../../cli/checkpoint_folder.ts";
import { run } from "../../mod.ts";
import { plain, startRuntimeAsked, tokensOf } from "./subject.ts";

const [, , way, path] = Deno.args;
await startRuntimeAsked();
const tokens = tokensOf(32);
if (way === "ours") await run((await openCheckpoint(await checkpointFolder(path))).model, tokens);
else await (await plain(await Deno.readFile(path)))(tokens);
