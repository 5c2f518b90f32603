/** The report in a real browser: what is read there. */
import axeCore from "axe-core";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { pathToFileURL } from "node:url";
import { renderMatrix } from "../report/matrix/render.ts";
import { sampleMatrix } from "../report/matrix/testing/sample_matrix.ts";
import { allPages, type Look, look, type Page, pageOf } from "./testing/browser.ts";

/** Each width and each scheme is gone through by axe-core, which takes its time over every mark. */
const LOOKS: readonly (Look & { readonly axe: boolean })[] = [
  { width: 1440, colorScheme: "light", axe: true },
  { width: 1440, colorScheme: "dark", axe: false },
  { width: 390, colorScheme: "light", axe: false },
  { width: 390, colorScheme: "dark", axe: true },
];

/** By how much a page is wider than its window. */
const SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

look("every page is sound, wide and narrow, in light and in dark", async (reader) => {
  for (const name of await allPages()) {
    const address = await pageOf(name);
    for (const { axe, ...how } of LOOKS) {
      await reader.open(address, async (page) => {
        const sideways = await page.evaluate<number>(SIDEWAYS);
        assertEquals(sideways, 0, `${name} scrolls sideways at ${how.width}`);
        if (axe) assertEquals(await faults(page), [], `${name}, ${how.width} wide`);
      }, how);
    }
  }
});

look("the matrix of sabotages is sound, wide and narrow, and can be sorted", async (reader) => {
  const folder = await Deno.makeTempDir();
  const listing = { file: "catalogue.ts", source: "" };
  for (const [path, text] of renderMatrix(sampleMatrix(), ["it is a sample"], listing)) {
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  const address = new URL("sabotage.html", pathToFileURL(`${folder}/`));
  for (const how of LOOKS) {
    await reader.open(address, async (page) => {
      assertEquals(await page.evaluate<number>(SIDEWAYS), 0, `it scrolls sideways at ${how.width}`);
      assertEquals(await faults(page), [], `${how.width} wide`);
      const first = () =>
        page.evaluate<string>(`document.querySelector(".matrix tbody").textContent`);
      assertMatch(await first(), /^\s*no-mask/, "in the order of the pipeline");
      await page.click("[data-sort=most]");
      assertMatch(await first(), /^\s*leak/, "what is noticed most");
    }, how);
  }
  await Deno.remove(folder, { recursive: true });
});

/** What axe-core finds wrong, each with the places. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate<axeCore.AxeResults>(`axe.run(document)`);
  return violations.map(({ id, nodes }) =>
    `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ")}`
  );
}

look(
  "a page is read without scripts, from the contents by the keyboard to a claim",
  async (reader) => {
    await reader.open(await pageOf("index.html"), async (page) => {
      const link = page.getByRole("link", { name: /Why can't an MLP layer move/ }).first();
      await link.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/10-.*\.html/);
      assertMatch(await page.title(), /MLP/);
      await page.goto(`${await pageOf("10-mlps-and-other-tokens.html")}#mlp-is-local`);
      assert(await page.locator("#mlp-is-local").isVisible(), "an address leads to a claim");
      assert(!await page.locator("#bench button").isVisible(), "no button that does nothing");
    }, { javaScriptEnabled: false });
  },
);

look("the picture of a control is loaded when it is opened, and not before", async (reader) => {
  await reader.open(await pageOf("10-mlps-and-other-tokens.html"), async (page) => {
    const image = page.locator("article > figure .as-broken .wide img").first();
    const LOADED = "document.querySelector('article > figure .as-broken .wide img').naturalWidth";
    assertEquals(await page.evaluate<number>(LOADED), 0);
    await page.getByText("As it looks broken").first().click();
    await page.waitForFunction(`${LOADED} > 0`);
    assert(await image.isVisible());
  });
});
