/** @jsxImportSource preact */
import type { VNode } from "preact";
import type { Chosen } from "../../../model/sabotages/chosen.ts";
import { writeAddress } from "../address.ts";

/** What the page says of what was broken just now, where that is one of its things to break. */
export function Why({ chosen }: { chosen: readonly Chosen[] }): VNode | null {
  const address = writeAddress({ chosen });
  const said = [...document.querySelectorAll<HTMLElement>("[data-break]")]
    .find((each) => each.dataset.break === address);
  if (!said) return null;
  return (
    <section class="why" aria-label="What happened, and why">
      <h3>What happened, and why</h3>
      <div dangerouslySetInnerHTML={{ __html: said.innerHTML }} />
    </section>
  );
}
