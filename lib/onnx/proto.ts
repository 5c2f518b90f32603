/** ONNX's own protobuf messages. The package is CommonJS, so its values arrive as one default. */
import proto from "onnx-proto";

export type { onnx as Onnx } from "onnx-proto";

export const { AttributeProto, ModelProto } = proto.onnx;
