import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { installDebianPackages } from '../../../scripts/debian.mjs';
import { Problem } from '../../../scripts/report.mjs';

/** Paths of Chromium on Debian and on systems derived from it. */
const browserPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const find = () => process.env.CHROMIUM ?? browserPaths.find((path) => existsSync(path));

/** Returns the path of this machine's Chromium. Installs it if there is none and the program runs as root on Debian. */
async function findBrowser() {
  if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    await installDebianPackages(['chromium']);
  const found = find();
  if (!found)
    throw new Problem(
      'Chromium was not found: install the Debian package `chromium`, or set CHROMIUM to its path',
    );
  return found;
}

/** Runs a trial in the page while every object inherits an added member. Returns `undefined` if the script cannot be loaded. */
async function runPolluted([script, name, trial, pollution]) {
  if (pollution)
    Object.defineProperty(Object.prototype, pollution.name, {
      __proto__: null,
      value: pollution.value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  try {
    try {
      if (!globalThis.trial) (0, globalThis.eval)(script);
    } catch {
      return undefined;
    }
    return await globalThis.trial(name, trial);
  } finally {
    if (pollution) delete Object.prototype[pollution.name];
  }
}

/** Opens a page in a real browser, and loads a script that runs trials in the page. */
export async function openPage(script, transport) {
  const executablePath = await findBrowser();
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>contract</title>'),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Turns web security off, because the contract's servers have other origins than the page. CORS headers would not be enough
  // for redirects.
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-web-security',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
    ],
  });
  const unhandled = [];
  async function open() {
    const page = await browser.newPage();
    page.on('pageerror', (error) => unhandled.push(String(error.stack ?? error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    return page;
  }
  const page = await open();
  await page.addScriptTag({ content: script });
  return {
    unhandled,
    run: (trial) => page.evaluate(([name, input]) => globalThis.trial(name, input), [transport, trial]),
    /** Opens a fresh page. The page loads the script in its first trial, when `Object.prototype` may already be polluted. */
    isolate: async () => {
      const fresh = await open();
      return {
        run: (trial, pollution) => fresh.evaluate(runPolluted, [script, transport, trial, pollution]),
        close: () => fresh.close(),
      };
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}
