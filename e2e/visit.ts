import assert from "node:assert/strict";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { openPage } from "./browser.ts";

interface SamplePerson {
  readonly personId: string;
  readonly name: { readonly en: string; readonly zh: string };
}

/** The sample's people by the server that has them; no test adds one that somebody then signs in as. */
const people = new Map<string, readonly SamplePerson[]>();

/** Signs a window in as a person of the sample, as the click on his name does (that click has a test of its own). */
export async function signInAs(context: BrowserContext, origin: string, name: RegExp): Promise<void> {
  const known = people.get(origin) ?? (await (await context.request.get(`${origin}/v1/sample/people`)).json()).people;
  people.set(origin, known);
  const person = (known as readonly SamplePerson[]).find((one) => name.test(`${one.name.en} ${one.name.zh}`));
  assert.ok(person, `the sample has nobody called ${name}`);
  const answer = await context.request.post(`${origin}/v1/sample/sign-in`, { data: { personId: person.personId } });
  assert.equal(answer.ok(), true, await answer.text());
}

/** What the server answers whoever is signed in in this window, asked beside the page. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(path);
  assert.equal(answer.ok(), true, `${path}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/**
 * Does something as a person of the sample, in one language and width, and finds that nothing went wrong on the way: no
 * error, nothing asked of others, nothing wider than the window.
 */
export async function visit(
  browser: Browser,
  origin: string,
  name: RegExp,
  options: Parameters<typeof openPage>[2],
  walk: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, context, leave, outside, faults } = await openPage(browser, origin, { height: 844, ...options });
  await signInAs(context, origin, name);
  await walk(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await leave();
}
