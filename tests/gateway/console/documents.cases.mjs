import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { settled, theSite, until, visit } from './harness.mjs'

const rowOf = (page, number) => page.getByRole('row').filter({ hasText: number })

test('a document posted meanwhile appears by itself and goes on to its end', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { user: 'viewer', path: '/documents' })
  await page.getByText('实时').waitFor()
  const number = freshNumber()
  await site.post(order(number))
  await rowOf(page, number).getByText('已办结').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('documents are found by any number, and the search is in the address', async () => {
  const site = await theSite()
  const number = freshNumber()
  await site.post(order(number))
  await site.post(order(freshNumber()))
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en' })
  await page.getByText('Live').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
  await rowOf(page, number).waitFor()
  assert.ok(page.url().endsWith(`/documents?q=${number}`), page.url())
  await until('one row and the head', async () => (await page.getByRole('row').count()) === 2)
  await page.reload()
  await rowOf(page, number).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('rows are gone through by arrows and opened by Enter', async () => {
  const site = await theSite()
  const numbers = [freshNumber(), freshNumber()]
  for (const number of numbers) await site.post(order(number))
  const { page, close } = await visit(site, { user: 'operator', path: '/documents' })
  await rowOf(page, numbers[0]).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('End')
  await page.keyboard.press('Home')
  const first = await page.locator('tbody tr').first().getByRole('link').innerText()
  await page.keyboard.press('Enter')
  await until('the document', () => /\/documents\/[^/?]+$/.test(page.url()))
  await page.goBack()
  await page.getByRole('link', { name: first }).waitFor()
  await close()
})

test('pages lead on and back, also after a reload', async () => {
  const site = await theSite()
  const prefix = freshNumber()
  await site.call('POST', '/v1/documents', {
    as: order('').enterprise,
    body: Array.from({ length: 55 }, (_, i) => order(`${prefix}-${i}`)),
  })
  const { page, close } = await visit(site, { user: 'operator', language: 'en', path: `/documents?q=${prefix}` })
  const numbers = async () => (await page.locator('tbody tr').getByRole('link').allInnerTexts()).join()
  await until('a whole page', async () => (await page.locator('tbody tr').count()) === 50)
  const first = await numbers()
  await page.getByRole('button', { name: 'Next' }).click()
  await until('the rest', async () => (await page.locator('tbody tr').count()) === 5)
  await page.reload()
  await until('the rest again', async () => (await page.locator('tbody tr').count()) === 5)
  await page.getByText('page 2').waitFor()
  await page.getByRole('button', { name: 'Previous' }).click()
  await until('the first page', async () => (await numbers()) === first)
  assert.ok(await page.getByRole('button', { name: 'Previous' }).isDisabled())
  await close()
})

test('columns are chosen and stay chosen', async () => {
  const site = await theSite()
  await site.post(order(freshNumber()))
  const { page, close } = await visit(site, { user: 'operator', language: 'en', path: '/documents' })
  await page.getByRole('columnheader', { name: 'Reason' }).waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.locator('.el-checkbox', { hasText: 'Reason' }).click()
  await page.getByRole('columnheader', { name: 'Reason' }).waitFor({ state: 'detached' })
  await page.reload()
  await page.getByRole('columnheader', { name: 'Number' }).waitFor()
  assert.equal(await page.getByRole('columnheader', { name: 'Reason' }).count(), 0)
  await close()
})

test('script in a number is text', async () => {
  const site = await theSite()
  const number = `<img src=x onerror=alert(1)>${freshNumber()}`
  await site.post(order(number))
  const { page, troubles, close } = await visit(site, {
    user: 'viewer',
    path: `/documents?q=${encodeURIComponent(number)}`,
  })
  await page.getByRole('link', { name: number }).waitFor()
  await settled(page)
  assert.equal(await page.locator('img').count(), 0)
  assert.deepEqual(troubles, [])
  await close()
})
