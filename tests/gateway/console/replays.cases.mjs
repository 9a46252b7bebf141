import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { expectAccessible, ownSite, password, screenshot, settled, sizes, until, visit } from './harness.mjs'

const posted = 60
let made
// A site of its own: its port is paused, so that what is posted waits and can be ordered about.
async function theWaitingSite() {
  made ??= (async () => {
    const site = await ownSite()
    for (const name of ['wang', 'li']) await site.addUser(name, 'operator', password)
    await site.call('POST', '/v1/ports/hainan/actions', { body: { action: 'pause', reason: 'so that orders wait' } })
    const orders = Array.from({ length: posted }, () => order(freshNumber()))
    await site.call('POST', '/v1/documents', { as: orders[0].enterprise, body: orders })
    return site
  })()
  return made
}

const stateOf = async (site, query) =>
  (await site.call('GET', `/v1/documents?limit=200&${query}`)).documents.map((document) => document.state)

async function typeOrder(page, { action, reason, pace }) {
  await page.getByLabel('Action', { exact: true }).selectOption({ label: action })
  await page.getByLabel('Documents a second').fill(String(pace))
  await page.getByRole('textbox', { name: 'Reason' }).fill(reason)
  await page.getByRole('button', { name: 'Preview' }).click()
}

test('many documents are ordered by conditions: previewed, run, stopped, and listed with what became of them', async () => {
  const site = await theWaitingSite()
  const { page, troubles, close } = await visit(site, { user: 'wang', language: 'en', path: '/replays' })
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByText('Give one condition at least first.').waitFor()
  await page.getByText('Say the reason.').waitFor()
  await page.getByLabel('Port', { exact: true }).fill('hainan')
  await page.getByRole('button', { name: 'Find', exact: true }).click()
  await page.getByText('60 in all').waitFor()
  await typeOrder(page, { action: 'Hold', reason: 'the yard is being counted', pace: 1 })
  await page.getByRole('heading', { name: /^Order \d+$/ }).waitFor()
  await page.getByText('Preview, not carried out').waitFor()
  await settled(page)
  await screenshot(page, 'replay-preview-en-wide')
  await expectAccessible(page, 'a preview')
  assert.ok(!(await stateOf(site, 'port=hainan')).includes('held'), 'a preview moves nothing')

  await page.getByRole('button', { name: 'Start (60 documents)' }).click()
  await page.getByText('Running', { exact: true }).waitFor()
  await until('some are moved', async () => (await stateOf(site, 'port=hainan')).includes('held'))
  await page.getByText(/^[1-9]\d* of 60 done$/).waitFor()
  await screenshot(page, 'replay-running-en-wide')
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped', { exact: true }).waitFor()
  await page.getByText('stopped by wang').waitFor()
  await screenshot(page, 'replay-stopped-en-wide')
  const held = (await stateOf(site, 'state=held')).length
  assert.ok(held > 0 && held < 60, `${held} held`)

  await page.getByRole('link', { name: 'Back to the list of orders' }).click()
  const row = page.getByRole('row').filter({ hasText: 'the yard is being counted' })
  await row.getByText('Stopped').waitFor()
  await settled(page)
  await expectAccessible(page, 'the list of orders')
  assert.deepEqual(troubles, [])
  await close()
})

test('a preview tells which documents cannot be moved and why, and only who made it starts it', async () => {
  const site = await theWaitingSite()
  const { page, troubles, close } = await visit(site, {
    user: 'wang',
    path: '/replays?port=hainan&state=accepted',
    size: sizes.narrow,
  })
  await page.getByText(/共 \d+ 份/).waitFor()
  await page.getByRole('textbox', { name: '理由' }).fill('口岸已恢复')
  await page.getByRole('button', { name: '预览' }).click()
  await page.getByRole('heading', { name: /^批量操作 \d+$/ }).waitFor()
  await page.getByText('不变：').first().waitFor()
  assert.ok(await page.getByRole('button', { name: '开始执行（0 份）' }).isDisabled())
  await settled(page)
  await screenshot(page, 'replay-not-allowed-zh-narrow')
  await expectAccessible(page, 'what is not allowed')

  const other = await visit(site, { user: 'li', path: new URL(page.url()).pathname.replace('/console', '') })
  await other.page.getByText('只有做预览的人（wang）能执行它').waitFor()
  assert.equal(await other.page.getByRole('button', { name: /^开始执行/ }).count(), 0)
  await other.close()
  assert.deepEqual(troubles, [])
  await close()
})

