import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { expectAccessible, ownSite, password, screenshot, settled, sizes, until, visit } from './harness.mjs'

const refused = 4
let made
// Some orders that customs refused for the same cause.
async function theRefusedSite() {
  made ??= (async () => {
    const site = await ownSite()
    for (const name of ['wang', 'li']) await site.addUser(name, 'operator', password)
    const orders = Array.from({ length: refused }, () => order(freshNumber('~100')))
    const ids = (await site.call('POST', '/v1/documents', { as: orders[0].enterprise, body: orders })).map(({ id }) => id)
    await until('all refused', async () => (await numberOf(site, 'state=refused')) === refused)
    return { site, ids }
  })()
  return made
}

const numberOf = async (site, query) => (await site.call('GET', `/v1/documents?${query}`)).documents.length

test('refused documents stand in groups of one cause with what to do, and a whole group is assigned', async () => {
  const { site, ids } = await theRefusedSite()
  const { page, troubles, close } = await visit(site, { user: 'wang', language: 'en', path: '/refusals' })
  const group = page.getByRole('article').filter({ hasText: `${refused} documents` })
  await group.getByText('What to do:').waitFor()
  await settled(page)
  await screenshot(page, 'refusals-groups-en-wide')
  await expectAccessible(page, 'groups of refusals')

  await group.getByRole('button', { name: 'Assign all…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Assign all…' })
  assert.ok(await dialog.getByRole('button', { name: 'Confirm' }).isDisabled(), 'nobody is named')
  await dialog.getByRole('textbox', { name: /colleague|name/i }).fill('li')
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('li knows this shop')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await group.getByText(`li has ${refused}`).waitFor()
  for (const id of ids) assert.equal((await site.call('GET', `/v1/documents/${id}/assignment`)).to, 'li')

  await group.getByRole('link', { name: 'Show these documents' }).click()
  await page.getByText(`${refused} in all`).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('refused documents are grouped by goods as well, on a narrow screen in Chinese', async () => {
  const { site } = await theRefusedSite()
  const { page, troubles, close } = await visit(site, { user: 'wang', path: '/refusals', size: sizes.narrow })
  await page.getByLabel('归类方式').selectOption({ label: '按代码和商品' })
  await page.getByRole('article').filter({ hasText: '商品：' }).getByText('示例面霜').waitFor()
  await settled(page)
  await screenshot(page, 'refusals-goods-zh-narrow')
  await expectAccessible(page, 'groups by goods')
  assert.deepEqual(troubles, [])
  await close()
})
