// What the browser tests share: a site of real programs, a real browser, and pages that tell of everything that goes
// wrong in them. The packages are those that the console is built with. Nothing waits for a time to pass: `until` polls.
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Site } from './site.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const require = createRequire(path.join(root, 'gateway/console/package.json'))
const { chromium } = require('playwright-core')
const axe = require('axe-core')

export const [bin, out] = process.argv.slice(2, 4).map((argument) => path.resolve(argument))
export const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }
export const password = 'a long enough password 1'

let browser
let site
const own = [] // sites of single tests and files

/** The browser, started once. */
export async function theBrowser() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  })
  return browser
}

/** The site that tests share which do not disturb each other. It has a user of each role, named as the role. */
export async function theSite() {
  site ??= begun()
  return site
}

async function begun() {
  const made = await Site.begin(root, bin)
  for (const role of ['viewer', 'operator', 'approver', 'admin']) await made.addUser(role, role, password)
  return made
}

/** A site for one test or the tests of a file, which stops things, locks people out or needs nobody to have been there. */
export async function ownSite() {
  const made = await Site.begin(root, bin)
  own.push(made)
  return made
}

export async function end() {
  await browser?.close()
  const shared = await site?.catch(() => undefined) // the tests have told why it could not begin
  for (const one of [...own, ...(shared ? [shared] : [])]) await one.end()
}

/** Polls until `look` gives something true, which it gives back; says what was waited for where nothing comes. */
export async function until(what, look, seconds = 30) {
  const deadline = Date.now() + seconds * 1000
  let last
  do {
    try {
      const seen = await look()
      if (seen) return seen
    } catch (error) {
      last = error
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  } while (Date.now() < deadline)
  assert.fail(`in ${seconds} s not seen: ${what}${last ? ` (${last.message})` : ''}`)
}

/** A browser of its own: language, size, theme, and who is signed in (nobody where there is no user). */
export async function visit(at, { user, language = 'zh', size = sizes.wide, theme = 'light', path: where = '/' } = {}) {
  const context = await (
    await theBrowser()
  ).newContext({
    viewport: size,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    storageState: user ? await at.signedIn(user, () => signInOnce(at, user)) : undefined,
  })
  await context.addInitScript(
    (chosen) => {
      for (const [name, value] of Object.entries(chosen)) {
        if (localStorage.getItem(name) === null) localStorage.setItem(name, value)
      }
    },
    { 'cebgate.language': language, 'cebgate.theme': theme },
  )
  const page = await context.newPage()
  const troubles = watch(page, at)
  await page.goto(at.console(where))
  if (user) await page.getByRole('main').waitFor()
  return { page, troubles, context, close: () => context.close() }
}

// What must not happen in any page; a test takes out what it means to cause.
function watch(page, at) {
  const troubles = []
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    const ofAnswers = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !ofAnswers) troubles.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(at.url) && !request.url().startsWith('data:')) troubles.push(`asks ${request.url()}`)
  })
  return troubles
}

async function signInOnce(at, user) {
  const { page, context, close } = await visit(at, { language: 'en' })
  await signIn(page, user, password)
  await page.getByRole('navigation', { name: 'Navigation' }).waitFor()
  const { cookies } = await context.storageState()
  await close()
  return { cookies, origins: [] }
}

/** Fills the sign-in as it stands, in English or Chinese. */
export async function signIn(page, user, secret) {
  await page.getByRole('textbox', { name: /^(Name|用户名)$/ }).fill(user)
  await page.getByRole('textbox', { name: /^(Password|密码)$/ }).fill(secret)
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
}

export async function screenshot(page, name) {
  await mkdir(out, { recursive: true })
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true })
}

/** Nothing serious by axe-core, and nothing wider than the screen. */
export async function expectAccessible(page, what) {
  const session = await page.context().newCDPSession(page)
  await session.send('Runtime.evaluate', { expression: axe.source }) // past the page's policy, which lets no script in
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run({ resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)
  })
  await session.detach()
  assert.deepEqual(found, [], what)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  assert.ok(over <= 0, `${what}: ${over} px wider than the screen`)
}

/** Reads until nothing is being read: no request under way and no place that says it is busy. */
export async function settled(page) {
  await until('everything read', () =>
    page.evaluate(() => {
      const text = document.body.innerText
      return !document.querySelector('[aria-busy="true"]') && !/正在读取|Reading…/.test(text)
    }),
  )
}
