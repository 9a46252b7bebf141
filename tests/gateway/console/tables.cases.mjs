import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectAccessible, screenshot, settled, theSite, until, visit } from './harness.mjs'

test('code tables are searched as one types, and the address keeps what was asked', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { user: 'operator', path: '/tables' })
  await page.getByLabel('哪一张表').selectOption('currency')
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

test('the knowledge base is searched, and a note on a code is there for everybody', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en', path: '/tables?view=knowledge' })
  await page.getByLabel('Code or words').fill('-301010')
  const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: '-301010', exact: true }) })
  await card.first().waitFor()
  await card.first().getByRole('button', { name: 'Write a note' }).click()
  const note = '<b>ask</b> the port first'
  await card.first().getByRole('textbox', { name: 'Our own note:' }).fill(note)
  await card.first().getByRole('button', { name: 'Save' }).click()
  await card.first().getByText(note).waitFor()
  await settled(page)
  await screenshot(page, 'tables-knowledge-en-wide')
  await expectAccessible(page, 'the knowledge base')

  const viewer = await visit(site, { user: 'viewer', language: 'en', path: '/tables?view=knowledge&q=-301010' })
  await viewer.page.getByText(note).first().waitFor()
  assert.equal(await viewer.page.getByRole('button', { name: /note/ }).count(), 0)
  await viewer.close()

  await card.first().getByRole('button', { name: 'Change the note' }).click()
  await card.first().getByRole('textbox', { name: 'Our own note:' }).fill('')
  await card.first().getByRole('button', { name: 'Save' }).click()
  await card.first().getByRole('button', { name: 'Write a note' }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})
