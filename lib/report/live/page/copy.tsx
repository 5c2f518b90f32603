/** @jsxImportSource preact */
import type { VNode } from "preact";
import { useState } from "preact/hooks";

/** Copies an address, where the browser lets a page do so. */
export function Copy({ address }: { address: string }): VNode | null {
  const [said, say] = useState<{ readonly of: string; readonly words: string }>();
  const clipboard: Clipboard | undefined = navigator.clipboard; // not wherever a page may be opened
  if (!clipboard) return null;
  const copy = () =>
    clipboard.writeText(address).then(
      () => say({ of: address, words: "Copied." }),
      () => say({ of: address, words: "The browser does not allow it." }),
    );
  return (
    <>
      <button type="button" onClick={copy}>Copy</button>{" "}
      <span role="status">{said?.of === address && said.words}</span>
    </>
  );
}
