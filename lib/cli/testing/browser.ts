/** For tests: a real browser that looks at the report's pages from the disk. */
import { assertEquals } from "@std/assert";
import { type Browser, chromium, type Page } from "playwright-core";
import { reportCommand } from "../report.ts";
import { fileAt } from "../files_in.ts";

export type { Page };

const ROOT = new URL("../../../", import.meta.url);

/** Where Debian and its kin put it. */
const CHROMIUM = "/usr/bin/chromium";

/** Why nothing can be looked at here, if so: in CI there is always a browser. */
function noBrowser(): string | undefined {
  try {
    return Deno.statSync(CHROMIUM).isFile ? undefined : `${CHROMIUM} is no program`;
  } catch {
    if (Deno.env.get("CI")) throw new Error(`CI must have a browser: ${CHROMIUM} is missing`);
    return `there is no ${CHROMIUM}`;
  }
}

/** How a page is looked at. */
export interface Look {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly javaScriptEnabled?: boolean;
}

/** A browser for some tests, closed with them. */
export class Reader {
  static async start(): Promise<Reader> {
    return new Reader(await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] }));
  }

  private constructor(readonly browser: Browser) {}

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }

  /**
   * Opens an address and does something with the page, which must neither say anything on the
   * console nor ask for anything that is not beside it.
   */
  async open(
    address: URL | string,
    body: (page: Page) => Promise<void>,
    { width = 1440, ...look }: Look = {},
  ): Promise<void> {
    const context = await this.browser.newContext({ viewport: { width, height: 900 }, ...look });
    const page = await context.newPage();
    const noticed: string[] = [];
    page.on("console", (message) => noticed.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => noticed.push(`error: ${error.message}`));
    page.on("dialog", async (dialog) => {
      noticed.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!/^(file|blob|data):/.test(request.url())) noticed.push(`asked for ${request.url()}`);
    });
    try {
      await page.goto(`${address}`);
      await body(page);
      assertEquals(noticed, [], `${address}`);
    } finally {
      await context.close();
    }
  }
}

/** A test that has a browser; where there is none it is left out, which says why. */
export function look(name: string, body: (reader: Reader) => Promise<void>): void {
  const missing = noBrowser();
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

/** The address of a page of the report; the report is made first where there is none. */
export async function pageOf(name: string): Promise<URL> {
  const page = fileAt(ROOT, `report/${name}`);
  const there = await Deno.stat(page).catch(() => undefined);
  if (!there) {
    const screen = { terminal: false, write: () => {} };
    await reportCommand([], { root: ROOT, screen, complain: console.error });
  }
  return page;
}

/** The names of all pages of the report, the contents first. */
export async function allPages(): Promise<string[]> {
  await pageOf("index.html");
  const names = [...Deno.readDirSync(fileAt(ROOT, "report/"))].map(({ name }) => name);
  return ["index.html", ...names.filter((name) => /^\d\d-.*\.html$/.test(name)).sort()];
}
