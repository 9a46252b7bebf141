import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { expectAccessible, screenshot, theSite, visit } from './harness.mjs'
import { shop } from './site.mjs'

test('the day is reconciled by enterprise, port and type, as a page and as a file', async () => {
  const site = await theSite()
  await site.post(order(freshNumber()))
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en', path: '/reconciliation' })
  const row = page.getByRole('row').filter({ hasText: shop }).filter({ hasText: 'CEB311' })
  await row.waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  assert.match(download.suggestedFilename(), /\.csv$/)
  await screenshot(page, 'reconciliation-en-wide')
  await expectAccessible(page, 'the reconciliation')
  assert.deepEqual(troubles, [])
  await close()
})
