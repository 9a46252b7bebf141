import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectAccessible, ownSite, password, screenshot, signIn, sizes, theSite, until, visit } from './harness.mjs'

test('who has no account is told how one is made', async () => {
  const site = await ownSite()
  const { page, troubles, close } = await visit(site, { language: 'zh' })
  await page.getByText('cebgate user add').waitFor()
  await screenshot(page, 'no-account-zh')
  assert.deepEqual(troubles, [])
  await close()
})

test('the sign-in is usable and says the same of an unknown name and a wrong password', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  for (const [language, size] of [
    ['zh', 'wide'],
    ['en', 'narrow'],
  ]) {
    const { page, troubles, close } = await visit(site, { language, size: sizes[size] })
    await page.getByRole('button', { name: language === 'zh' ? '登录' : 'Sign in' }).waitFor()
    await expectAccessible(page, `sign-in ${language}`)
    await screenshot(page, `sign-in-${language}-${size}`)
    const told = []
    for (const name of ['wang', 'nobody']) {
      await signIn(page, name, 'wrong')
      told.push(await page.getByRole('alert').innerText())
      await page.getByRole('textbox', { name: /^(Name|用户名)$/ }).fill('')
    }
    assert.equal(told[0], told[1])
    assert.deepEqual(troubles, [])
    await close()
  }
})

test('who tries too often has to wait, and the page says how long', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  const { page, close } = await visit(site, { language: 'en' })
  await until('the lock-out', async () => {
    if (await page.getByText(/Too many tries; try again in \d+ seconds/).isVisible()) return true
    await signIn(page, 'wang', 'wrong')
    await page.getByRole('alert').waitFor()
    return false
  })
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  assert.ok(await page.getByRole('button', { name: 'Sign in' }).isDisabled(), 'no try while it is locked')
  await screenshot(page, 'locked-out-en')
  await close()
})

test('a token of a client signs in as well', async () => {
  const site = await theSite()
  const { page, troubles, close } = await visit(site, { language: 'zh' })
  await page.getByText('访问令牌', { exact: true }).click()
  await page.getByRole('textbox', { name: '访问令牌' }).fill(site.tokens.desk)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('a one-time code in the address signs in once and leaves the address', async () => {
  const site = await ownSite()
  const told = await site.user('add', 'li', '--role', 'operator', '--enterprise', '*', '--one-time', '--format', 'json')
  const { code } = JSON.parse(told)
  const first = await visit(site, { language: 'en', path: `/#code=${code}` })
  await first.page.getByRole('link', { name: 'li', exact: true }).waitFor()
  await first.page.getByRole('link', { name: 'Choose a password' }).click()
  await first.page.getByRole('textbox', { name: 'New password', exact: true }).fill(password)
  await first.page.getByRole('textbox', { name: 'The new password again' }).fill(password)
  await first.page.getByRole('button', { name: 'Change', exact: true }).click()
  await first.page.getByText('The password was changed.').waitFor()
  assert.ok(!first.page.url().includes(code), first.page.url())
  await first.close()
  const second = await visit(site, { language: 'en', path: `/#code=${code}` })
  await second.page.getByText('The one-time code is wrong or was used').waitFor()
  assert.ok(!second.page.url().includes(code), second.page.url())
  await signIn(second.page, 'li', password)
  await second.page.getByRole('heading', { name: 'Overview' }).waitFor()
  await second.close()
})

test('who signs out is out, and so is the page that is gone back to', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  const { page, close } = await visit(site, { language: 'en', path: '/documents' })
  await signIn(page, 'wang', password)
  await page.getByRole('heading', { name: 'Documents' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await close()
})
