import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, inventory, order, payment, waybill } from './documents.mjs'
import { expectAccessible, screenshot, settled, sizes, theSite, until, visit } from './harness.mjs'

const screens = [
  '/',
  '/documents',
  '/waiting',
  '/replays',
  '/refusals',
  '/reconciliation',
  '/ports',
  '/audit',
  '/tables',
  '/account',
  '/no-such-page',
]
const firstLoadBytes = 700_000

let filled
// One sale to its end, one order refused, one that nothing is heard of.
async function filledSite() {
  const site = await theSite()
  filled ??= (async () => {
    const number = freshNumber()
    for (const make of [order, payment, waybill, inventory]) await site.post(make(number))
    const refused = await site.post(order(freshNumber('~100')))
    await site.post(order(freshNumber('~silent')))
    await until(
      'a refused order',
      async () => (await site.call('GET', `/v1/documents/${refused.id}`)).state === 'refused',
    )
  })()
  await filled
  return site
}

for (const [language, theme] of [
  ['zh', 'light'],
  ['en', 'dark'],
]) {
  for (const size of ['wide', 'narrow']) {
    test(`every screen in ${language}, ${theme}, ${size}: nothing fails, axe finds nothing serious, nothing overflows`, async () => {
      const site = await filledSite()
      const { page, troubles, close } = await visit(site, { user: 'admin', language, theme, size: sizes[size] })
      for (const screen of screens) {
        await page.goto(site.console(screen))
        await page.getByRole('heading', { level: 1 }).waitFor()
        await settled(page)
        const name = screen.replaceAll('/', '') || 'overview'
        await screenshot(page, `${name}-${language}-${size}`)
        await expectAccessible(page, `${screen} ${language} ${size}`)
        assert.deepEqual(troubles, [], screen)
      }
      await close()
    })
  }
}

test('the first load is small enough, from the gateway alone, and compressed', async (t) => {
  const site = await filledSite()
  const { page, context, close } = await visit(site, { user: 'viewer' })
  const fresh = await context.newPage()
  const session = await context.newCDPSession(fresh)
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  const encodings = new Map()
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  session.on('Network.responseReceived', ({ response }) =>
    encodings.set(new URL(response.url).pathname, new Headers(response.headers).get('Content-Encoding')),
  )
  await fresh.goto(site.console('/'))
  await fresh.locator('canvas').first().waitFor()
  await settled(fresh)
  t.diagnostic(`first load: ${bytes} bytes`)
  assert.ok(bytes < firstLoadBytes, `${bytes} bytes`)
  for (const [path, encoding] of encodings) {
    if (/(index|charts)-.*\.(js|css)$/.test(path)) assert.equal(encoding, 'gzip', path)
  }
  assert.ok(page.url().startsWith(site.url))
  await close()
})

test('the policy keeps out what is not of the console', async () => {
  const site = await theSite()
  const { page, close } = await visit(site, { user: 'viewer' })
  await page.getByRole('heading', { level: 1 }).waitFor()
  const blocked = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = []
        document.addEventListener('securitypolicyviolation', (event) => {
          seen.push(event.effectiveDirective)
          if (seen.length === 2) resolve(seen.sort())
        })
        const script = document.createElement('script')
        script.textContent = 'window.wasRun = true'
        document.body.append(script)
        void fetch('http://127.0.0.2:1/').catch(() => undefined)
      }),
  )
  assert.deepEqual(blocked, ['connect-src', 'script-src-elem'])
  assert.equal(await page.evaluate(() => window.wasRun), undefined)
  await close()
})
