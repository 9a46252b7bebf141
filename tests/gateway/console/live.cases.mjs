import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { ownSite, password, screenshot, signIn, theSite, until, visit } from './harness.mjs'

test('a gateway that restarts is told of, and caught up with', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  await site.post(order(freshNumber()))
  const { page, troubles, close } = await visit(site, { user: 'wang', path: '/documents' })
  await page.getByText('实时').waitFor()
  const number = freshNumber()
  await site.restartGateway(async () => {
    await page.getByText(/自 \d\d:\d\d:\d\d 起与网关断开，所见内容可能已过时/).waitFor()
    await screenshot(page, 'cut-off-zh')
  })
  await site.post(order(number))
  await page.getByText('实时').waitFor({ timeout: 60_000 })
  await page.getByRole('row').filter({ hasText: number }).waitFor()
  assert.deepEqual(
    troubles.filter((one) => !one.includes('ERR_')),
    [],
  )
  await close()
})

test('a session that ends asks to sign in over the page, and nothing typed is lost', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  const { page, troubles, close } = await visit(site, { user: 'wang', language: 'en', path: '/documents' })
  await page.getByLabel('Any business number').fill('half a num')
  const elsewhere = await visit(site, { user: 'wang', language: 'en', path: '/account' })
  await elsewhere.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await elsewhere.page.getByRole('dialog').waitFor()
  await elsewhere.close()
  // By script: the live feed may have learnt of it first, and the sign-in lies over the page already.
  await page.getByRole('button', { name: 'Find', exact: true }).evaluate((button) => button.click())
  const over = page.getByRole('dialog', { name: 'Sign in' })
  await over.waitFor()
  await screenshot(page, 'session-ended-en')
  await signIn(page, 'wang', password)
  await over.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Any business number').inputValue(), 'half a num')
  assert.ok(page.url().includes('/documents'), page.url())
  assert.deepEqual(troubles, [])
  await close()
})

test('the language changes at once, stays, and is said to readers of screens', async () => {
  const site = await theSite()
  const { page, close } = await visit(site, { user: 'operator' })
  await page.getByRole('heading', { name: '总览' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.reload()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  assert.match(await page.title(), /^Overview/)
  await close()
})

test('the keyboard leads everywhere and tells how', async () => {
  const site = await theSite()
  const { page, close } = await visit(site, { user: 'operator', language: 'en' })
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
  await screenshot(page, 'keyboard-en')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await page.getByRole('heading', { name: 'Documents' }).waitFor()
  await close()
})

test('a page that a day went by does not keep its streams when nobody looks', async () => {
  const site = await theSite()
  const { page, close } = await visit(site, { user: 'operator', language: 'en' })
  await page.getByText('Live').waitFor()
  const open = await page.evaluate(
    () => performance.getEntriesByType('resource').filter((one) => one.name.includes('/v1/events')).length,
  )
  assert.ok(open <= 1, `${open} streams`)
  for (const screen of ['documents', 'account', 'documents', 'account']) {
    await page.evaluate((where) => document.querySelector(`a[href="/console/${where}"]`).click(), screen)
    await until(screen, () => page.url().endsWith(screen))
  }
  const streams = await page.evaluate(
    () => performance.getEntriesByType('resource').filter((one) => one.name.includes('/v1/events')).length,
  )
  assert.ok(streams <= 1, `${streams} streams after going about`)
  await close()
})
