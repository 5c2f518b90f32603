import process from "node:process";

/**
 * TypeScript's syntax trees, as a browser would load them: where it finds itself in Node it reads
 * the environment at once, which needs a permission.
 */
export const ts = await loadAsInBrowser();

async function loadAsInBrowser() {
  const node = process as { browser?: boolean };
  node.browser = true;
  try {
    return (await import("typescript")).default;
  } finally {
    delete node.browser;
  }
}
