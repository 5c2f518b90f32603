/** The report in a real browser: what runs there. */
import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { renderFiles } from "../report/mod.ts";
import * as sample from "../report/testing/sample.ts";
import { look, type Page, pageOf } from "./testing/browser.ts";

/** The first of these is full of exponentials, logarithms and, in what is drawn, cosines. */
const PAGES = [
  "01-earlier-tokens",
  "05-width-of-the-stream",
  "06-window-and-length",
  "10-mlps-and-other-tokens",
];

for (const name of PAGES) {
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
      await page.getByText(/^Chosen: an MLP that mixes in its left neighbour$/).waitFor();
      assertMatch(
        await page.locator("#bench .choice").first().innerText(),
        /Each position gets 0\.01 times its left neighbour added\./,
      );
      await page.getByText("holds this experiment: send it").waitFor();
      await page.getByRole("button", { name: "Break it" }).click();
      const [, noticed] = await summary(page, /^(\d+) of \d+ claims notice/);
      assert(Number(noticed) >= 3, `${noticed} notice`);
      const why = page.getByRole("region", { name: "What happened, and why" });
      assertMatch(await why.innerText(), /a nudge shows up one place further on/);
      const first = page.locator(".live-claims li").first();
      assertMatch(await first.innerText(), /^no longer holds:/m);
      assertMatch(await page.locator("#bench .done").innerText(), /left neighbour/);
      assertMatch(await first.innerText(), /no other position may move: .*, must be exactly 0/);
      assertEquals(
        await first.locator(".beside figure").count(),
        2,
        "the sound one and the broken one",
      );
      await page.getByLabel("What to break").selectOption("mixer-mlp");
      assertEquals(await page.locator(".live-claims li").count(), 0, "of other models");
      assertEquals(await why.count(), 0, "the page says nothing of that");
    });
    assertMatch(sent, /\?break=leaky-mlp$/);
    await reader.open(`${sent}&text=so+it+is`, async (page) => {
      assertMatch(await status(page), /^Preparing what this address asks for: .*"leaky mlp"/);
      await page.getByText(/^Read by a broken model: an MLP that mixes/).waitFor(PATIENCE);
      await page.locator(".live-claims li").first().waitFor(PATIENCE);
      assertEquals(await page.getByLabel("What to break").inputValue(), "leaky-mlp");
      assert(await page.evaluate<number>("scrollY") > 0, "whoever is sent it is led to it");
    });
  },
);

look("one head is switched off", async (reader) => {
  await reader.open(await pageOf("12-attention-only.html"), async (page) => {
    await openBench(page);
    await page.getByLabel("What to break").selectOption("one-head");
    await page.getByLabel("Which head").selectOption({
      label: await page.getByText(/^layer 1, head 2 \(\d+ of \d+ models have it\)$/).innerText(),
    });
    assertMatch(page.url(), /\?break=one-head(@|%40)1\.2$/);
    await page.getByRole("button", { name: "Break it" }).click();
    const done = page.locator("#bench .done");
    await done.waitFor(PATIENCE);
    assertMatch(await done.innerText(), /Head 2 of layer 1 still looks, but what it has read/);
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
    await page.locator(".live-claims li").first().waitFor(PATIENCE);
  });
});

look("a sentence of the reader's is read: a pattern whose rows sum to one", async (reader) => {
  await reader.open(await pageOf("11-pattern-is-an-activation.html"), async (page) => {
    await openBench(page);
    await read(page, "the people of the United States");
    const sums = page.locator(".sums");
    await sums.waitFor(PATIENCE);
    for (const end of ["data-least", "data-most"]) {
      assertAlmostEquals(Number(await sums.getAttribute(end)), 1, 1e-5);
    }
    assertMatch(page.url(), /text=the\+people\+of\+the\+United\+States/);
    await read(page, "  ");
    assertMatch(await refusal(page, OWN), /empty text/);
    assertEquals(await status(page), "Ready.", "of the claims nothing was said");
    await read(page, "so ".repeat(500));
    await page.locator(OWN, { hasText: "too long" }).waitFor(PATIENCE);
    assertMatch(await refusal(page, OWN), /it has \d+ word pieces, and .* holds \d+/);
  });
});

look("a broken model's reading stands beside the unbroken one's", async (reader) => {
  const query = "?break=no-causal-mask&text=the+people+of+日本";
  const address = `${await pageOf("12-attention-only.html")}${query}`;
  await reader.open(address, async (page) => {
    await page.locator(".sums").waitFor(PATIENCE);
    assertEquals(await page.getByLabel("Read by").inputValue(), "two attention-only layers");
    const said = await page.locator("#bench form").innerText();
    assertMatch(said, /The loss is \d+\.\d\d nats for each that came \(unbroken: \d+\.\d\d\)\./);
    assertMatch(said, /\ufffd is a part of a character/);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByText("Copied.").waitFor();
    assertEquals(await page.evaluate("navigator.clipboard.readText()"), page.url());
  });
  await reader.open(address, async (page) => {
    await page.locator(".sums").waitFor(PATIENCE);
    await page.getByText("The best guesses after each piece").click();
    const overhang = "document.documentElement.scrollWidth - innerWidth";
    assertEquals(await page.evaluate<number>(overhang), 0, "nothing is wider than the screen");
  }, { width: 390 });
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
      assertMatch(await refusal(page, OWN), /There is no model "<img/);
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

/** What is said of the claims. */
const STATUS = "#bench > [role=status]";

/** What went wrong with the reader's text, beside it. */
const OWN = "#bench form > [role=alert]";

/** Generous: two slow cores may have other work. */
const PATIENCE = { timeout: 300_000 };

async function ready(page: Page): Promise<void> {
  await page.locator(STATUS, { hasText: "Ready." }).waitFor(PATIENCE);
}

function status(page: Page): Promise<string> {
  return page.locator(STATUS).innerText();
}

/** What a run came to, once it has. */
async function summary(page: Page, form: RegExp): Promise<RegExpMatchArray> {
  await page.locator(STATUS, { hasText: /claims (stand|notice)/ }).waitFor(PATIENCE);
  const said = await status(page);
  return said.match(form) ?? [said];
}

async function read(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Text" }).fill(text);
  await page.getByRole("button", { name: "Read it" }).click();
}

/** What went wrong: with the claims, unless the place of something else is given. */
async function refusal(page: Page, place: string = "#bench > [role=alert]"): Promise<string> {
  const alert = page.locator(place);
  await alert.waitFor(PATIENCE);
  return await alert.innerText();
}
