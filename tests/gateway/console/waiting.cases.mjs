import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, order } from './documents.mjs'
import { expectAccessible, screenshot, settled, sizes, theSite, until, visit } from './harness.mjs'

const lists = ['held', 'refused', 'unmatched', 'unreadable', 'unheard_notices']

async function held(site, number) {
  const { id } = await site.post(order(number))
  await until('sent', async () => (await site.call('GET', `/v1/documents/${id}`)).state === 'sent')
  await site.call('POST', `/v1/documents/${id}/actions`, { body: { action: 'hold', reason: '测试需要挂起' } })
  return id
}

test('what is held is released where it stands, and leaves the list', async () => {
  const site = await theSite()
  const number = freshNumber('~silent')
  await held(site, number)
  const { page, troubles, close } = await visit(site, { user: 'operator', path: '/waiting' })
  const row = page.getByRole('row').filter({ hasText: number })
  await row.getByText('测试需要挂起').waitFor()
  await row.getByRole('button', { name: '释放' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('问题已经解决')
  await page.getByRole('dialog').getByRole('button', { name: '释放' }).click()
  await row.waitFor({ state: 'detached' })
  assert.deepEqual(troubles, [])
  await close()
})

test('what comes to wait appears by itself', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { user: 'viewer', path: '/waiting' })
  await page.getByText('实时').waitFor()
  const number = freshNumber('~silent')
  await held(site, number)
  await page.getByRole('row').filter({ hasText: number }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('what could not be read is read again for a reason', async () => {
  const site = await theSite()
  const number = freshNumber('~garbled')
  await site.post(order(number))
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en' })
  await until('an unreadable record', async () => {
    const { records } = await site.call('GET', '/v1/inbound?state=unreadable')
    return records.some((one) => one.text.includes(number))
  })
  await page.goto(site.console('/waiting?list=unreadable'))
  const row = page.getByRole('row').filter({ hasText: number })
  await row.getByRole('button', { name: 'Match again' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('after the upgrade')
  await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('It is being matched again').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

for (const [language, theme] of [
  ['zh', 'light'],
  ['en', 'dark'],
]) {
  for (const size of ['wide', 'narrow']) {
    test(`what waits in ${language}, ${theme}, ${size}: axe finds nothing serious, nothing overflows`, async () => {
      const site = await theSite()
      await held(site, freshNumber('~silent'))
      await site.post(order(freshNumber('~100')))
      await site.post(order(freshNumber('~garbled')))
      const { page, troubles, close } = await visit(site, { user: 'operator', language, theme, size: sizes[size] })
      for (const list of lists) {
        await page.goto(site.console(`/waiting?list=${list}`))
        await page.getByRole('tab', { selected: true }).waitFor()
        await settled(page)
        if (list === 'refused') await page.getByRole('button', { name: /1300/ }).first().click()
        await settled(page)
        await screenshot(page, `waiting-${list}-${language}-${size}`)
        await expectAccessible(page, `waiting ${list} ${language} ${size}`)
      }
      assert.deepEqual(troubles, [])
      await close()
    })
  }
}
