import { assertEquals } from "@std/assert";
import { sha256 } from "./sha256.ts";

Deno.test("the hashes are those of the standard's examples", async () => {
  assertEquals(
    await sha256(new Uint8Array()),
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "nothing",
  );
  const text = new TextEncoder().encode("?abc?");
  assertEquals(
    await sha256(text.subarray(1, 4)),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "a part of a larger buffer",
  );
});
