import { assertEquals } from "@std/assert";
import { parameterCount } from "./count.ts";
import { gpt2Small, llama1B } from "./presets.ts";

Deno.test("GPT-2 small has its published number of parameters, part by part", () => {
  // Hugging Face gives the total as num_parameters(). Summed by hand: 50257 * 768; 1024 * 768; 12 * 4 * (768 * 768 + 768);
  // 12 * (2 * 768 * 3072 + 3072 + 768); 25 * 2 * 768.
  assertEquals(parameterCount(gpt2Small), {
    embed: 38_597_376,
    pos_embed: 786_432,
    attn: 28_348_416,
    mlp: 56_669_184,
    ln: 38_400,
    unembed: 0,
    total: 124_439_808,
  });
});

Deno.test("Llama 3.2 1B has its published number of parameters, part by part", () => {
  // Its model card says 1.23 billion, Hugging Face 1,235,814,400. Summed by hand: 128256 * 2048;
  // 16 * (2 * 2048 * 2048 + 2 * 2048 * 512); 16 * 3 * 2048 * 8192; 33 * 2048.
  assertEquals(parameterCount(llama1B), {
    embed: 262_668_288,
    pos_embed: 0,
    attn: 167_772_160,
    mlp: 805_306_368,
    ln: 67_584,
    unembed: 0,
    total: 1_235_814_400,
  });
});
