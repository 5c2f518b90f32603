/** For tests: checkpoints in memory, as others would write them. */
import type { Tensor } from "../../tensor/tensor.ts";
import type { CheckpointFiles } from "../mod.ts";
import { writeSafetensors } from "../files/safetensors.ts";

/** A file: bytes, text, or what is written as JSON. */
export type Content = Uint8Array | string | object;

/** Files by their names; those that are nothing are not there. */
export function filesOf(contents: Readonly<Record<string, Content | undefined>>): CheckpointFiles {
  const there = Object.entries(contents).filter(([, content]) => content !== undefined);
  const files = new Map(there.map(([name, content]) => [name, bytesOf(content!)]));
  return { names: [...files.keys()], read: (name) => files.get(name)! };
}

function bytesOf(content: Content): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}

/** A safetensors file whose names begin with a prefix, but for the unembedding's. */
export function weightsFile(
  tensors: Readonly<Record<string, Tensor>>,
  prefix = "",
): Uint8Array<ArrayBuffer> {
  const named = Object.entries(tensors).map(([name, tensor]) => {
    return [name.startsWith("lm_head") ? name : prefix + name, tensor] as const;
  });
  return writeSafetensors(Object.fromEntries(named), { metadata: { format: "pt" } });
}
