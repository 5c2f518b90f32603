/** For tests: a page with scripts beside it. Not exported. */

/** Has a page load scripts from here while `body` runs, instead of from its folder. */
export async function withBeside(
  scripts: Readonly<Record<string, string>>,
  body: () => Promise<void>,
): Promise<void> {
  interface Script {
    src?: string;
    onload?: () => void;
    onerror?: () => void;
    remove(): void;
  }
  const append = ({ src = "", onload, onerror }: Script) => {
    if (!(src in scripts)) return onerror?.();
    new Function("self", scripts[src])(globalThis);
    onload?.();
  };
  const document = { createElement: (): Script => ({ remove() {} }), head: { append } };
  Object.assign(globalThis, { document });
  try {
    await body();
  } finally {
    Reflect.deleteProperty(globalThis, "document");
    Reflect.deleteProperty(globalThis, "packs");
  }
}
