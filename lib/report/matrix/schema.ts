import { Ajv2020 } from "ajv/dist/2020.js";
import { violationInWords } from "../schema.ts";
import matrixSchema from "./sabotage.schema.json" with { type: "json" };

const accepts = new Ajv2020({ allErrors: true, verbose: true }).compile(matrixSchema);

/** Every way in which a value is not as the JSON Schema of `sabotage.json` says. */
export function matrixViolations(value: unknown): string[] {
  accepts(value);
  return (accepts.errors ?? []).map(violationInWords);
}
