import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { expectAccessible, ownSite, password, screenshot, settled, until, visit } from './harness.mjs'

let made
async function thePausedSite() {
  made ??= (async () => {
    const site = await ownSite()
    for (const name of ['wang', 'li']) await site.addUser(name, 'operator', password)
    await site.call('POST', '/v1/ports/hainan/actions', { body: { action: 'pause', reason: 'so that orders wait' } })
    for (let posted = 0; posted < 3; ++posted) await site.post(order(freshNumber()))
    return site
  })()
  return made
}

const stateOf = async (site, query) =>
  (await site.call('GET', `/v1/documents?limit=200&${query}`)).documents.map((document) => document.state)

test('a port is resumed and paused with a reason, another page sees it, and the audit has who and why', async () => {
  const site = await thePausedSite()
  const { page, troubles, close } = await visit(site, { user: 'wang', language: 'en', path: '/ports' })
  const port = page.getByRole('region', { name: 'hainan' })
  await port.getByText('Paused by desk').waitFor()
  await screenshot(page, 'ports-paused-en-wide')
  await port.getByRole('button', { name: 'Resume' }).click()
  const dialog = page.getByRole('dialog', { name: 'Resume: hainan' })
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('no')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByText(/A reason (has|needs) at least 5 characters/i).waitFor()
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the counting is over')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await port.getByRole('button', { name: 'Pause' }).waitFor()
  await until('what waited is sent', async () => !(await stateOf(site, 'port=hainan')).includes('accepted'))

  await port.getByRole('button', { name: 'Set concurrency' }).click()
  const concurrency = page.getByRole('dialog', { name: 'Set concurrency: hainan' })
  await concurrency.getByLabel('Most at once').fill('1001')
  assert.ok(await concurrency.getByRole('button', { name: 'Confirm' }).isDisabled())
  await concurrency.getByLabel('Most at once').fill('3')
  await concurrency.getByRole('textbox', { name: 'Reason' }).fill('the port asked for less')
  await concurrency.getByRole('button', { name: 'Confirm' }).click()
  await concurrency.waitFor({ state: 'hidden' })

  const watcher = await visit(site, { user: 'li', language: 'en', path: '/ports' })
  await watcher.page.getByRole('region', { name: 'hainan' }).getByText('Well', { exact: false }).waitFor()
  await port.getByRole('button', { name: 'Pause' }).click()
  const pause = page.getByRole('dialog', { name: 'Pause: hainan' })
  await pause.getByRole('textbox', { name: 'Reason' }).fill('<script>alert(1)</script> maintenance')
  await pause.getByRole('button', { name: 'Confirm' }).click()
  await watcher.page.getByText('<script>alert(1)</script> maintenance').waitFor()
  await watcher.close()

  await page.goto(site.console('/audit?kind=port'))
  await page.getByText(/acts are whole and unchanged/).waitFor()
  const acts = page.getByRole('row')
  await acts.filter({ hasText: 'the port asked for less' }).filter({ hasText: 'wang' }).waitFor()
  await acts.filter({ hasText: '<script>alert(1)</script> maintenance' }).getByText('ports/hainan').waitFor()
  await settled(page)
  await screenshot(page, 'audit-port-en-wide')
  await expectAccessible(page, 'the audit')
  await page.getByLabel('By', { exact: true }).fill('li')
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await page.getByText('No act is like that.').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('who only watches sees ports and no orders for them, and neither audit nor replays', async () => {
  const site = await thePausedSite()
  await site.addUser('zhao', 'viewer', password)
  const { page, close } = await visit(site, { user: 'zhao', language: 'en', path: '/ports' })
  await page.getByRole('region', { name: 'hainan' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^(Pause|Resume|Set concurrency)$/ }).count(), 0)
  assert.equal(await page.getByRole('link', { name: /^(Audit|Replays)/ }).count(), 0)
  await close()
})

