/** For tests: a folder of their own, in an awkward place. */
import { pathToFileURL } from "node:url";

/** Runs with a folder that is not there yet, and removes it with what is beside it. */
export async function inFolder<T>(name: string, body: (folder: URL) => Promise<T>): Promise<T> {
  const place = await Deno.makeTempDir({ prefix: "a place (copy), '[ü] #1 %20 " });
  try {
    return await body(pathToFileURL(`${place}/${name}/`));
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}
