// An operator at /ops, in a real browser. Does what the test asks by the environment, and prints what was seen as JSON.
import { chromium } from "playwright-core";

const { CHROMIUM, OPS, KEY, WRONG_KEY, UNIT, TENANT, PICTURES } = process.env;
const patience = 60_000;
const seen = { requests: [], faults: [], html: "" };

const browser = await chromium.launch({
  executablePath: CHROMIUM,
  timeout: patience,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, colorScheme: "light" });
const page = await context.newPage();
page.setDefaultTimeout(patience);
page.on("request", request => seen.requests.push(new URL(request.url()).origin));
page.on("pageerror", fault => seen.faults.push(String(fault)));
page.on("console", message => {
  // That a page is refused is what the test asks for; the browser calls it an error.
  if (message.type() === "error" && !message.text().includes("401")) seen.faults.push(message.text());
});

const keep = async () => { seen.html += await page.content(); };
const table = () => page.$$eval("table.traces tbody tr", rows => rows.map(row => ({
  outcome: row.className, rpc: row.cells[2].innerText, tenant: row.cells[3].innerText, unit: row.cells[4].innerText,
  status: row.cells[7].innerText, isWhole: !row.cells[11].innerText.includes("不全"), link: row.querySelector("a").getAttribute("href"),
})));
const picture = async (name, fullPage = false) => { if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage }); };

// A click by itself ends before the next page's script has run; this ends after it.
const follow = selector => Promise.all([page.waitForNavigation(), page.click(selector)]);

async function signIn(key) {
  await page.fill("#key", key);
  await follow("form.sign-in button");
}

// Signing in.
seen.first = (await page.goto(`${OPS}/ops`)).status();
await signIn(WRONG_KEY);
seen.wrong = await page.innerText("p.failed");
await signIn(KEY);
seen.address = new URL(page.url()).pathname;
seen.cookies = (await context.cookies()).map(({ name, path, httpOnly, sameSite }) => ({ name, path, httpOnly, sameSite }));
seen.script = await page.evaluate(() => document.cookie);

// The overview renews itself, until it is paused.
await page.waitForSelector(".tile");
const moment = () => page.innerText(".when");
const before = await moment();
await page.waitForFunction(old => document.querySelector(".when")?.innerText !== old, before);
seen.tiles = await page.$$eval(".tile h2", tiles => tiles.map(tile => tile.innerText));
seen.panels = await page.$$eval(".panel h2", panels => panels.map(panel => panel.innerText));
seen.answers = await page.$$eval(".panel table", tables => tables.flatMap(table => [...table.tBodies].flatMap(body => [...body.rows].map(
  row => row.cells[0].innerText))));
seen.overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
await keep();
await picture("ops", true);
await page.click("#pause");
seen.paused = await page.getAttribute("#pause", "aria-pressed");

// The list of traces: failed and refused ones first; then through each filter.
await follow("nav a[href='/ops/traces']");
seen.stillPaused = await page.getAttribute("#pause", "aria-pressed");
seen.order = (await table()).map(row => row.outcome);
await keep();
await picture("traces");
await page.fill("input[name=unit]", UNIT);
await follow("form.filters button");
seen.byUnit = await table();
await page.selectOption("select[name=order]", "newest");
await follow("form.filters button");
const newest = await table();
await page.fill("input[name=unit]", "");
await page.selectOption("select[name=tenant]", TENANT);
await page.selectOption("select[name=rpc]", "SubmissionService/Submit");
await page.selectOption("select[name=order]", "slowest");
await follow("form.filters button");
seen.byRpc = await table();
seen.chosen = new URL(page.url()).search;

// The last trace that reached the root, as bars; the first ones woke the ledgers.
const whole = newest.find(row => row.isWhole && row.outcome === "ok" && row.rpc === "SubmissionService/Submit");
await page.goto(`${OPS}${whole.link}`);
// A push and a transaction may end after those who wait for them were told; the page shows what has ended.
const spans = name => page.locator("details.span .name", { hasText: name }).count();
while (await spans("ledger.push") < 3 || await spans("journal commit") < 1) await page.reload();
seen.bars = await page.$$eval("details.span", spans => spans.map(span => {
  const bar = span.querySelector("rect").getBoundingClientRect();
  const scale = span.querySelector("svg").getBoundingClientRect();
  return {
    name: span.querySelector(".name").innerText,
    depth: Number(/\bd(\d+)\b/.exec(span.querySelector(".name").className)[1]),
    begin: (bar.left - scale.left) / scale.width, end: (bar.right - scale.left) / scale.width, shown: bar.width > 0 && bar.height > 0,
  };
}));
seen.closed = await page.$$eval("details.span .attributes", all => all.filter(one => one.checkVisibility()).length);
const push = page.locator("details.span", { hasText: "ledger.push" }).first();
await push.locator("summary").click();
seen.attributes = await push.locator("dt").allInnerTexts();
await keep();
await picture("trace");

// A link leads to the other trace, and opens the span that is meant.
const link = await page.$("details.span a[href^='#s-'], details.span a[href^='/ops/traces/']");
const target = await link.getAttribute("href");
await page.goto(new URL(target, page.url()).href);
// Within one page the script opens it in an event of its own.
await page.waitForFunction(id => document.getElementById(id)?.open, target.split("#")[1]);
seen.linked = await page.$eval(`#${target.split("#")[1]}`, span => span.querySelector("summary").checkVisibility());

// Signed out, the old cookie is worth nothing.
const old = await context.cookies();
await follow("form[action='/ops/sign-out'] button");
seen.signedOut = await page.isVisible("#key");
await context.addCookies(old);
seen.oldCookie = (await page.goto(`${OPS}/ops`)).status();

await browser.close();
seen.requests = [...new Set(seen.requests)];
console.log(JSON.stringify(seen));
