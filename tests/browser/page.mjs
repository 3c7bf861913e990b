// The status page in headless Chromium, for tests/browser/page.sh:
//   node page.mjs FOLDER-WITH-THE-PAGES OUTPUT-FOLDER
// Prints TAP; the first failing fact of each test is its reason.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const axe = fs.readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [folder, output] = process.argv.slice(2);
const pageUrl = "file://" + path.join(folder, "dan-chu.html");
const indexUrl = "file://" + path.join(folder, "index.html");
const hostile = "<img src=x onerror=alert(1)>";

let n = 0;
async function test(name, run) {
  let why = "";
  try {
    why = await run();
  } catch (e) {
    why = String(e.stack);
  }
  console.log(`${why ? "not ok" : "ok"} ${++n} - ${name}`);
  if (why) console.log(String(why).replace(/^/gm, "# "));
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-sync"],
});
const wide = { width: 1366, height: 900 };
const phone = { width: 360, height: 740, isMobile: true, hasTouch: true };

// A page with everything it asks for, says or opens written down.
async function open(url, view = wide, scheme = "light") {
  const page = await browser.newPage();
  page.seen = [];
  page.on("request", (r) => r.url() === url ||
    page.seen.push("request: " + r.url()));
  page.on("dialog", (d) => {
    page.seen.push("dialog: " + d.message());
    d.dismiss();
  });
  page.on("console", (m) => page.seen.push("console: " + m.text()));
  page.on("pageerror", (e) => page.seen.push("error: " + e));
  await page.setViewport(view);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme }]);
  await page.goto(url);
  return page;
}
const rows = (page) => page.$$eval("#bang tbody tr:not(.grp)",
  (list) => list.filter((r) => !r.hidden).map((r) => ({
    name: r.cells[1].textContent, kind: r.className,
    time: r.cells[2].textContent, received: r.cells[5].dataset.v })));

console.log("1..14");
let page = await open(pageUrl);

await test("nothing is loaded, said or opened", () => page.seen.join("\n"));
await test("subject, file name and letterhead of a hostile mail are text",
  async () => {
    if (await page.$("img, iframe, object, embed, form, [onerror]"))
      return "an element out of a mail";
    const places = { subject: ".cards h3", file: "td.file" };
    for (const [name, selector] of Object.entries(places)) {
      const texts = await page.$$eval(selector,
        (l) => l.map((e) => e.textContent));
      if (!texts.some((t) => t.includes(hostile)))
        return `no ${name} shows it`;
    }
    return "";
  });
await test("the policy forbids what the page does not bring", async () => {
  const broken = await page.evaluate(() => new Promise((done) => {
    const list = [];
    document.addEventListener("securitypolicyviolation",
      (e) => list.push(e.effectiveDirective));
    const s = document.createElement("script");
    s.textContent = "document.title = 'run'";
    document.body.append(s);
    const i = document.createElement("img");
    i.src = "http://127.0.0.1:9/x.png";
    document.body.append(i);
    const st = document.createElement("style");
    st.textContent = "body{display:none}";
    document.body.append(st);
    fetch("http://127.0.0.1:9/").catch(() => {});
    setTimeout(() => done(list), 500);
  }));
  const want = ["script-src-elem", "img-src", "style-src-elem",
    "connect-src"];
  return want.filter((w) => !broken.includes(w)).join(" ");
});
await page.close();

page = await open(pageUrl);
await test("by keyboard: a filter", async () => {
  const all = (await rows(page)).length;
  let at = "";
  for (let i = 0; i < 200 && at !== "k-no"; i++) {
    await page.keyboard.press("Tab");
    at = await page.evaluate(() => document.activeElement.dataset.k);
  }
  if (at !== "k-no") return "the filter is not reached by Tab";
  await page.keyboard.press("Space");
  const some = await rows(page);
  const shown = await page.$eval("#so", (e) => e.textContent);
  if (some.length === 0 || some.length >= all) return `${some.length} rows`;
  if (shown !== `${some.length}/${all}`) return `says ${shown}`;
  return some.every((r) => / ?k-no/.test(r.kind)) ? "" : "other rows too";
});
await test("by keyboard: the search, without accents", async () => {
  await page.focus("button[data-k='']");
  await page.keyboard.press("Enter");
  await page.focus("#tim");
  await page.keyboard.type("to dan pho so 1");
  const some = await rows(page);
  const good = some.every((r) => /Tổ dân phố số 1/.test(r.name));
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.press("Delete");
  return some.length === 10 && good ? "" : JSON.stringify(some);
});
await test("by keyboard: sorting, both ways, within each group", async () => {
  const head = "#bang thead th:nth-child(6)";
  const times = () => page.$$eval("#bang tbody:last-of-type tr:not(.grp)",
    (l) => l.map((r) => +r.cells[5].dataset.v));
  const before = await page.$$eval("#bang .grp", (l) => l.length);
  await page.focus(head + " [role=button]");
  await page.keyboard.press("Enter");
  let t = await times();
  if (t.some((v, i) => i && v < t[i - 1])) return "not ascending";
  if (await page.$eval(head, (h) => h.ariaSort) !== "ascending")
    return "aria-sort";
  await page.keyboard.press("Space");
  t = await times();
  if (t.some((v, i) => i && v > t[i - 1])) return "not descending";
  const after = await page.$$eval("#bang tbody > tr:first-child.grp",
    (l) => l.length);
  return before === after ? "" : "a group lost its head";
});
await test("a section's name is told on focus", async () => {
  await page.focus("#bang .s");
  const told = await page.$eval("#bang .s > :first-child", (e) => {
    const s = getComputedStyle(e, "::after");
    return s.display === "none" ? "" : s.content;
  });
  return /I KHÁI QUÁT/.test(told) ? "" : `"${told}"`;
});
await page.close();

await test("without its script the page is whole", async () => {
  page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.goto(pageUrl);
  const visible = await page.$$("#bang tbody tr:not(.grp)");
  const tools = await page.$("#loc[hidden]");
  await page.close();
  return visible.length === 60 && tools ? "" : `${visible.length} rows`;
});
await test("on a phone nothing is wider than the screen", async () => {
  page = await open(pageUrl, phone);
  const wider = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 &&
      !e.closest("[hidden], .skip")).map((e) => e.outerHTML.slice(0, 90)));
  await page.close();
  return wider.slice(0, 5).join("\n");
});
await test("axe finds nothing serious: light, dark, phone, index", async () => {
  const found = [];
  for (const [url, view, scheme] of [[pageUrl, wide, "light"],
    [pageUrl, wide, "dark"], [pageUrl, phone, "light"],
    [pageUrl, phone, "dark"], [indexUrl, wide, "light"],
    [indexUrl, wide, "dark"]]) {
    page = await open(url, view, scheme);
    await page.evaluate(axe); // past the policy, by the debugger
    const result = await page.evaluate(() => axe.run());
    for (const v of result.violations) {
      const line = `${path.basename(url)} ${view.width} ${scheme}: ` +
        `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 120)}`;
      if (v.impact === "serious" || v.impact === "critical")
        found.push(line);
      else console.log("# " + line);
    }
    if (result.passes.length < 10) found.push("axe did not run");
    await page.close();
  }
  return found.join("\n");
});
await test("it goes to paper", async () => {
  page = await open(pageUrl);
  await page.pdf({ path: path.join(output, "page.pdf"),
    preferCSSPageSize: true, printBackground: true });
  await page.close();
  return "";
});
await test("pictures for whoever looks", async () => {
  for (const [name, view, scheme] of [["light", wide, "light"],
    ["dark", wide, "dark"], ["phone", phone, "light"]]) {
    page = await open(pageUrl, view, scheme);
    await page.screenshot({ path: path.join(output, name + ".png"),
      fullPage: true });
    await page.close();
  }
  return "";
});
await browser.close();
