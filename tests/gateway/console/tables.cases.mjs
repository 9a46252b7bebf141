import assert from 'node:assert/strict'
import { test } from 'node:test'
import { screenshot, theSite, until, visit } from './harness.mjs'

async function optionOf(page, beginning) {
  await page.locator('#code-table option').filter({ hasText: beginning }).waitFor({ state: 'attached' })
  return (await page.locator('#code-table option').filter({ hasText: beginning }).textContent()).trim()
}

test('code tables are searched as one types, and the address keeps what was asked', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { user: 'operator', path: '/tables' })
  await page.getByLabel('代码表', { exact: true }).selectOption({ label: await optionOf(page, '币制') })
  await page.getByLabel('代码或名称').fill('人民币')
  await page.getByRole('row').filter({ hasText: '142' }).waitFor()
  await until('the address follows', () => decodeURIComponent(page.url()).includes('q=人民币'))
  await page.reload()
  assert.equal(await page.getByLabel('代码或名称').inputValue(), '人民币')
  await page.getByRole('row').filter({ hasText: '142' }).waitFor()
  await screenshot(page, 'tables-currency-zh-wide')
  await page.getByLabel('代码或名称').fill('没有这种币')
  await page.getByText('没有这样的代码').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})
