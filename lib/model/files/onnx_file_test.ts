import { assertEquals, assertThrows } from "@std/assert";
import { ModelProto, type Onnx } from "../../onnx/proto.ts";
import { decode } from "../../onnx/testing/decode.ts";
import { hooksOf, lengthsOf } from "../hooks.ts";
import { makeModel, type Model } from "../model.ts";
import { parameterShapes } from "../params.ts";
import { llama1B } from "../presets.ts";
import { sabotage } from "../sabotages/sabotage.ts";
import { LLAMA, oneOfEach, smallModel } from "../testing/small_models.ts";
import { rewriteAt } from "../graph/rewrite.ts";
import { ModelFileError } from "./file_error.ts";
import { onnxFile } from "./onnx_file.ts";

const POS = 5;

/** The shape that an output is declared with, in a run of one row. */
function shapeOf({ type }: Onnx.IValueInfoProto): number[] {
  assertEquals(type!.tensorType!.elemType, 1, "floats");
  const lengths: Record<string, number> = { batch: 1, pos: POS };
  return type!.tensorType!.shape!.dim!.map(({ dimParam, dimValue }) =>
    dimParam ? lengths[dimParam] : Number(dimValue)
  );
}

Deno.test("the file holds every weight by its name, and declares every hook with its shape", () => {
  for (const model of [...oneOfEach(), smallModel(LLAMA), smallModel({ tied: true })]) {
    const { config, name } = model;
    const bytes = onnxFile(model);
    const { initializers, inputs, outputs, opset } = decode(bytes);
    assertEquals([inputs, opset], [{ tokens: ["batch", "pos"] }, 17], name);
    const { graph } = ModelProto.decode(bytes);
    const lengths = lengthsOf(config, 1, POS);
    assertEquals(outputs[0], "logits");
    assertEquals(
      Object.fromEntries(graph!.output!.map((output) => [output.name, shapeOf(output)])),
      Object.fromEntries(
        hooksOf(config).map((hook) => [
          hook.name,
          hook.axes.map((axis) => lengths[axis]),
        ]),
      ),
    );
    for (const [weight, shape] of Object.entries(parameterShapes(config))) {
      assertEquals(initializers[weight], [...shape], `${name}: ${weight}`);
    }
  }
});

Deno.test("the file says what model it is, and whether that was changed", () => {
  const model = smallModel();
  const said = (given: Model) => {
    const { graph, metadataProps, producerName } = ModelProto.decode(onnxFile(given));
    const properties = metadataProps!.map(({ key, value }) => [key, value]);
    return { description: graph!.docString!, properties, producerName };
  };
  const { description, properties, producerName } = said(model);
  assertEquals(description.split(": tokens")[0], "The transformer learned 1");
  assertEquals(properties, [["model", "learned 1"], ["config", JSON.stringify(model.config)]]);
  assertEquals(producerName, "transformer-spec");
  const doubled = sabotage({
    name: "doubled",
    description: "Twice.",
    rewrite: rewriteAt("hook_pattern", (pattern, { g }) => g.mul(pattern, 2)),
  });
  const broken = doubled.apply(model);
  assertEquals(
    said(broken).description.split(": tokens")[0],
    `The transformer ${broken.name}, with 1 rewrites`,
  );
});

Deno.test("what one file cannot hold is refused before it is built", () => {
  const huge = {
    ...makeModel("small", smallModel().config, smallModel().weights),
    config: llama1B,
  };
  const message = "Cannot write small as ONNX: a file ends at 2.1 GB, and its weights are 4.9 GB";
  assertThrows(() => onnxFile(huge), ModelFileError, message);
});
