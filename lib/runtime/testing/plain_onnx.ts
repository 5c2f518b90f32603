/**
 * For tests: a program that knows onnxruntime-web and nothing of this project. It runs an ONNX file,
 * and says what the outputs are that it is asked for, as bytes in base64.
 *
 * Arguments: the file, tokens as JSON (rows), outputs.
 */
import { env, InferenceSession, Tensor } from "onnxruntime-web/wasm";
import wasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm" with { type: "bytes" };

env.wasm.wasmBinary = wasm as Uint8Array<ArrayBuffer>;
env.wasm.numThreads = 1;

const [file, rows, ...outputs] = Deno.args;
const tokens: number[][] = JSON.parse(rows);
const ids = BigInt64Array.from(tokens.flat(), BigInt);
const session = await InferenceSession.create(await Deno.readFile(file));
const feeds = { tokens: new Tensor("int64", ids, [tokens.length, tokens[0].length]) };
const results = await session.run(feeds, outputs);
const said = outputs.map((name) => {
  const { data, dims } = results[name];
  return [name, { dims, bytes: new Uint8Array((data as Float32Array).slice().buffer).toBase64() }];
});
console.log(JSON.stringify({
  inputs: session.inputNames,
  outputs: session.outputNames,
  results: Object.fromEntries(said),
}));
