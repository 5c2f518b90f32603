import { assertEquals, assertThrows } from "@std/assert";
import {
  cacheFolder,
  hostsOf,
  hubAddress,
  isCommit,
  isRepositoryId,
  repository,
  storageOf,
} from "./repository.ts";

Deno.test("a model at a hub is an owner and a name, and no path", () => {
  assertEquals(repository("openai-community/gpt2"), {
    id: "openai-community/gpt2",
    revision: "main",
  });
  assertEquals(repository("a/B_c.d-1", "refs/pr/1").revision, "refs/pr/1");
  const bad = ["", "gpt2", "a/b/c", "../b", "a/..", "/a/b", "a/", "~/b", "a\\b/c", "a/b?c", "./a"];
  for (const id of [...bad, "a--b/c", "a/b..c", "a/b c", "a/b#c", "C:/b"]) {
    assertEquals(isRepositoryId(id), false, id);
    assertThrows(() => repository(id), RangeError, `Cannot fetch "${id}": OWNER/NAME is required`);
  }
  for (
    const revision of ["", "..", "../x", "a/../b", "/a", "a//b", ".git", "a b", "a..b", "a\\b"]
  ) {
    const message = `Cannot fetch a/b at "${revision}": a branch`;
    assertThrows(() => repository("a/b", revision), RangeError, message);
  }
  assertEquals(["a".repeat(40), "main", "A".repeat(40)].map(isCommit), [true, false, false]);
});

Deno.test("models are kept where Hugging Face's own tools keep them", () => {
  const found = (env: Record<string, string>) => cacheFolder((name) => env[name]);
  const home = { HOME: "/home/me" };
  assertEquals(found(home), "/home/me/.cache/huggingface/hub");
  assertEquals(found({ ...home, XDG_CACHE_HOME: "/c" }), "/c/huggingface/hub");
  assertEquals(found({ ...home, XDG_CACHE_HOME: "/c", HF_HOME: "/hf" }), "/hf/hub");
  assertEquals(found({ HF_HOME: "/hf", HF_HUB_CACHE: "/models" }), "/models");
  assertEquals(found({ ...home, HF_HOME: "hf" }), "/home/me/.cache/huggingface/hub", "not here");
  assertThrows(() => found({}), RangeError, "set HF_HOME to the whole path of a folder");
  assertEquals(storageOf({ id: "a/b" }, "/models"), "/models/models--a--b");
});

Deno.test("only the hub is asked, and what Hugging Face keeps its files on", () => {
  const at = (endpoint?: string) => hubAddress(() => endpoint);
  assertEquals(hostsOf(at()), ["huggingface.co", "*.huggingface.co", "*.hf.co"]);
  assertEquals(at("http://127.0.0.1:8080/hub/"), "http://127.0.0.1:8080/hub");
  assertEquals(hostsOf(at("http://127.0.0.1:8080/")), ["127.0.0.1:8080"]);
  for (const bad of ["hub", "file:///x", "javascript:1"]) {
    assertThrows(() => at(bad), RangeError, "Bad HF_ENDPOINT: an address of the web is required");
  }
});
