/** The versions of what ran the claims, the runtime's as pinned in deno.json. */
export async function toolVersions(root: URL): Promise<{ deno: string; onnxruntime: string }> {
  const config = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const pinned = /@(\d[^/]*)/.exec(config.imports?.["onnxruntime-web"] ?? "");
  return { deno: Deno.version.deno, onnxruntime: pinned?.[1] ?? "unknown" };
}
