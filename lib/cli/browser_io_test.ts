/** The report in a real browser: what is read, and what runs there. */
import axeCore from "axe-core";
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { pathToFileURL } from "node:url";
import { renderMatrix } from "../report/matrix/render.ts";
import { sampleMatrix } from "../report/matrix/testing/sample_matrix.ts";
import { renderFiles } from "../report/mod.ts";
import * as sample from "../report/testing/sample.ts";
import { allPages, type Look, noBrowser, type Page, pageOf, Reader } from "./testing/browser.ts";

const missing = noBrowser();

/** A test that has a browser; where there is none it is left out, which says why. */
function look(name: string, body: (reader: Reader) => Promise<void>): void {
  Deno.test({
    name: missing ? `${name} (left out: ${missing})` : name,
    ignore: missing !== undefined,
    sanitizeOps: false, // the browser's own timers and pipes
    sanitizeResources: false,
    fn: async () => {
      await using reader = await Reader.start();
      await body(reader);
    },
  });
}

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

for (const name of ["05-width-of-the-stream", "06-window-and-length", "10-mlps-and-other-tokens"]) {
  look(`the claims of ${name} run in the page, and give the report's bits`, async (reader) => {
    await reader.open(await pageOf(`${name}.html`), async (page) => {
      await openBench(page);
      await page.getByRole("button", { name: "Run it here" }).click();
      const [, standing, all, measured, same] = await summary(
        page,
        /^(\d+) of (\d+) claims stand\. Of (\d+) numbers measured just now, (\d+) are/,
      );
      assertEquals(standing, all, "claims that stand");
      assert(Number(measured) > 0);
      assertEquals(same, measured, "numbers with the same bits");
    });
  });
}

look(
  "a sabotage turns verdicts, shows both pictures, and is kept in the address",
  async (reader) => {
    const address = await pageOf("10-mlps-and-other-tokens.html");
    let sent = "";
    await reader.open(address, async (page) => {
      await openBench(page);
      await page.getByLabel("What to break").selectOption("leaky-mlp");
      sent = page.url();
      await page.getByRole("button", { name: "Break it" }).click();
      const [, noticed] = await summary(page, /^(\d+) of \d+ claims notice/);
      assert(Number(noticed) >= 3, `${noticed} notice`);
      const first = page.locator(".live-claims li").first();
      assertMatch(await first.innerText(), /^fails\s/m);
      assertMatch(await page.locator("#bench .done").innerText(), /left neighbour/);
      assertMatch(await first.innerText(), /no other position may move: .*, must be exactly 0/);
      assertEquals(
        await first.locator(".beside figure").count(),
        2,
        "the sound one and the broken one",
      );
      await page.getByLabel("What to break").selectOption("mixer-mlp");
      assertEquals(await page.locator(".live-claims li").count(), 0, "of other models");
    });
    assertMatch(sent, /\?break=leaky-mlp$/);
    await reader.open(sent, async (page) => {
      await ready(page);
      assertEquals(await page.getByLabel("What to break").inputValue(), "leaky-mlp");
      assert(await page.evaluate<number>("scrollY") > 0, "whoever is sent it is led to it");
    });
  },
);

look("one head is switched off", async (reader) => {
  await reader.open(await pageOf("12-attention-only.html"), async (page) => {
    await openBench(page);
    await page.getByLabel("What to break").selectOption("one-head");
    const [, layer, head] = await page.locator("#bench .choice").first().locator("select").all();
    await layer.selectOption("1");
    await head.selectOption("2");
    assertMatch(page.url(), /\?break=one-head(@|%40)1\.2$/);
    await page.getByRole("button", { name: "Break it" }).click();
    const done = page.locator("#bench .done");
    await done.waitFor(PATIENCE);
    assertMatch(await done.innerText(), /What head 2 of layer 1 has read is replaced by zeros/);
    await page.locator(".live-claims li").first().waitFor(PATIENCE);
  });
});

look("a run can be stopped, and begun again", async (reader) => {
  await reader.open(await pageOf("10-mlps-and-other-tokens.html"), async (page) => {
    await openBench(page);
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    assertEquals(await status(page), "Stopped.");
    await page.getByRole("button", { name: "Run it here" }).click();
    await page.locator(".live-claims li").first().waitFor({ timeout: 60_000 });
  });
});

look("a sentence of the reader's is read: a pattern whose rows sum to one", async (reader) => {
  await reader.open(await pageOf("11-pattern-is-an-activation.html"), async (page) => {
    await openBench(page);
    await read(page, "the people of the United States");
    const sums = page.locator(".sums");
    await sums.waitFor({ timeout: 60_000 });
    for (const end of ["data-least", "data-most"]) {
      assertAlmostEquals(Number(await sums.getAttribute(end)), 1, 1e-5);
    }
    assertMatch(page.url(), /text=the\+people\+of\+the\+United\+States/);
    await read(page, "  ");
    assertMatch(await refusal(page), /empty text/);
    await read(page, "so ".repeat(500));
    assertMatch(await refusal(page), /too long: it has \d+ word pieces, and .* holds \d+/);
  });
});

look(
  "hostile text is shown and not run: in the field, the address and the record",
  async (reader) => {
    const hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    const query = new URLSearchParams({
      text: hostile,
      break: hostile,
      model: hostile,
      head: "9.9",
    });
    await reader.open(`${await pageOf("10-mlps-and-other-tokens.html")}?${query}`, async (page) => {
      await ready(page);
      await page.getByRole("button", { name: "Break it" }).click();
      assertMatch(await refusal(page), /There is no sabotage "<img/);
      assertEquals(await page.locator("#bench img, #bench script").count(), 0);
    });
    const folder = await Deno.makeTempDir();
    try {
      const document = sample.document([sample.hostile()]);
      for (const [path, text] of renderFiles(document)) {
        if (!path.endsWith(".html")) continue;
        await Deno.writeTextFile(`${folder}/${path}`, text);
        await reader.open(`file://${folder}/${path}`, async (page) => {
          assertEquals(await page.locator("script, iframe, img").count(), 0, path);
        });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

look("what is missing beside a page is said", async (reader) => {
  const folder = await Deno.makeTempDir();
  try {
    const name = "10-mlps-and-other-tokens.html";
    await Deno.copyFile(await pageOf(name), `${folder}/${name}`);
    await Deno.mkdir(`${folder}/live`);
    const open = await pageOf("live/open.js");
    await Deno.copyFile(open, `${folder}/live/open.js`);
    const context = await reader.browser.newContext();
    const page = await context.newPage();
    await page.goto(`file://${folder}/${name}`);
    await page.getByRole("button", { name: "Open the bench" }).click();
    await page.getByText("live/page.js is missing beside this page").waitFor();
    await context.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function openBench(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the bench" }).click();
  await ready(page);
}

/** Generous: two slow cores may have other work. */
const PATIENCE = { timeout: 120_000 };

async function ready(page: Page): Promise<void> {
  await page.getByText("Ready.").waitFor(PATIENCE);
}

function status(page: Page): Promise<string> {
  return page.locator("#bench [role=status]").innerText();
}

/** What a run came to, once it has. */
async function summary(page: Page, form: RegExp): Promise<RegExpMatchArray> {
  await page.locator("#bench [role=status]", { hasText: /claims (stand|notice)/ }).waitFor(
    PATIENCE,
  );
  const said = await status(page);
  return said.match(form) ?? [said];
}

async function read(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Text" }).fill(text);
  await page.getByRole("button", { name: "Read it" }).click();
}

async function refusal(page: Page): Promise<string> {
  const alert = page.locator("#bench [role=alert]");
  await alert.waitFor(PATIENCE);
  return await alert.innerText();
}
