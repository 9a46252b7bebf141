import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, inventory, order, payment, waybill } from './documents.mjs'
import { expectAccessible, ownSite, password, screenshot, settled, signIn, sizes, theSite, until, visit } from './harness.mjs'

const reason = '按回执更正金额'

async function refused(site, body) {
  const { id } = await site.post(body)
  await until('refused', async () => (await site.call('GET', `/v1/documents/${id}`)).state === 'refused')
  return id
}

/** Says why the document has to be seen in clear, in the language of the page. */
async function begin(page) {
  await page.getByRole('button', { name: /^(开始更正|Begin to amend)$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: /^(理由|Reason)$/ }).fill(reason)
  await dialog.getByRole('button', { name: /^(确认|Confirm)$/ }).click()
  await page.getByRole('button', { name: /^(比较并提交|Compare and send)$/ }).waitFor()
}

const field = (page, name) => page.locator(`#field-${name}`)
const sends = (page) => page.getByRole('button', { name: /^(比较并提交|Compare and send)$/ })

test('a refused order is found, understood, amended and settled', async () => {
  const site = await theSite()
  const number = freshNumber('~100')
  await refused(site, order(number))
  const { page, troubles, close } = await visit(site, { user: 'operator', path: '/waiting?list=refused' })
  await page.getByRole('button', { name: /1300/ }).click()
  const row = page.getByRole('row').filter({ hasText: number })
  await row.getByRole('link', { name: '更正' }).click()
  await begin(page)
  await field(page, 'OrderHead-taxTotal').fill('22.2x')
  await page.getByText(/taxTotal.*不是数字/).waitFor()
  assert.equal(await field(page, 'OrderHead-taxTotal').getAttribute('aria-invalid'), 'true')
  assert.ok(await sends(page).isDisabled())
  await screenshot(page, 'amend-fault-zh')
  await field(page, 'OrderHead-taxTotal').fill('22.30')
  await field(page, 'OrderHead-acturalPaid').fill('231.30')
  await page.getByText('校验通过').waitFor()
  await sends(page).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('row').filter({ hasText: 'taxTotal' }).getByText('22.30').waitFor()
  assert.equal(await dialog.getByRole('row').filter({ hasText: 'buyerName' }).count(), 0)
  await dialog.getByRole('textbox', { name: '理由' }).fill(reason)
  await dialog.getByRole('button', { name: '提交更正' }).click()
  await page.getByRole('heading', { level: 2, name: '已办结' }).waitFor()
  await page.getByRole('tab', { name: '版本比较' }).click()
  await page.getByRole('row').filter({ hasText: 'acturalPaid' }).getByText('231.30').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('what was typed survives a reload and a session that ends', async () => {
  const site = await ownSite()
  await site.addUser('wang', 'operator', password)
  const id = await refused(site, order(freshNumber('~100')))
  const { page, troubles, close } = await visit(site, { user: 'wang', language: 'en', path: `/documents/${id}/amend` })
  await begin(page)
  await field(page, 'OrderHead-consigneeAddress').fill('海南省海口市示例路2号')
  await page.reload()
  assert.equal(await field(page, 'OrderHead-consigneeAddress').inputValue(), '海南省海口市示例路2号')
  await field(page, 'OrderHead-buyerTelephone').fill('10000000001')
  const elsewhere = await visit(site, { user: 'wang', language: 'en', path: '/account' })
  await elsewhere.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await elsewhere.page.getByRole('dialog').waitFor()
  await elsewhere.close()
  const over = page.getByRole('dialog', { name: 'Sign in' })
  // The page may have heard of it by itself: then nothing behind the sign-in can be clicked any more.
  await Promise.any([page.getByRole('link', { name: 'Back to the document' }).click(), over.waitFor()])
  await over.waitFor()
  await signIn(page, 'wang', password)
  await over.waitFor({ state: 'detached' })
  await page.goto(site.console(`/documents/${id}/amend`))
  assert.equal(await field(page, 'OrderHead-buyerTelephone').inputValue(), '10000000001')
  await page.getByText('No faults').waitFor()
  await sends(page).click()
  await page.getByRole('dialog').getByRole('row').filter({ hasText: 'consigneeAddress' }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('lines are added, copied and removed, and codes are named', async () => {
  const site = await theSite()
  const id = await refused(site, order(freshNumber('~100')))
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en', path: `/documents/${id}/amend` })
  await begin(page)
  await field(page, 'OrderList-0-country').fill('142')
  await page.getByText('China', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Copy line 1' }).click()
  assert.equal(await field(page, 'OrderList-1-gnum').inputValue(), '2')
  await page.getByText(/goodsValue/).first().waitFor()
  await page.getByRole('button', { name: 'Add a line' }).click()
  await page.getByRole('button', { name: /^Line 3/ }).getByText(/Faults/).waitFor()
  await page.getByRole('button', { name: 'Remove line 3' }).click()
  await page.getByRole('button', { name: 'Remove line 1' }).click()
  assert.equal(await field(page, 'OrderList-0-gnum').inputValue(), '1')
  assert.equal(await page.getByRole('button', { name: /^Line 2/ }).count(), 0)
  assert.ok(await page.getByRole('button', { name: 'Remove line 1' }).isDisabled())
  assert.deepEqual(troubles, [])
  await close()
})

test('an amendment that was overtaken cannot be sent, and says so', async () => {
  const site = await theSite()
  const body = order(freshNumber('~100'))
  const id = await refused(site, body)
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}/amend` })
  await begin(page)
  await page.getByText('校验通过').waitFor()
  body.document.OrderHead.taxTotal = '22.30'
  body.document.OrderHead.acturalPaid = '231.30'
  await site.post(body)
  await page.getByText('单证已有第 2 版').waitFor()
  assert.ok(await sends(page).isDisabled())
  assert.deepEqual(troubles, [])
  await close()
})

for (const [language, theme] of [
  ['zh', 'light'],
  ['en', 'dark'],
]) {
  for (const size of ['wide', 'narrow']) {
    test(`the form in ${language}, ${theme}, ${size}: axe finds nothing serious, nothing overflows`, async () => {
      const site = await theSite()
      const number = freshNumber()
      for (const make of [order, payment, waybill]) await site.post(make(number))
      const id = await refused(site, inventory(number, { copNo: freshNumber('~100').slice(-18) }))
      const { page, troubles, close } = await visit(site, {
        user: 'operator',
        language,
        theme,
        size: sizes[size],
        path: `/documents/${id}/amend`,
      })
      await begin(page)
      await field(page, 'InventoryHead-grossWeight').fill('x')
      await page.locator('[aria-invalid="true"]').waitFor()
      await settled(page)
      await screenshot(page, `amend-${language}-${size}`)
      await expectAccessible(page, `amend ${language} ${size}`)
      await field(page, 'InventoryHead-grossWeight').fill('1.3')
      await until('may be sent', async () => !(await sends(page).isDisabled()))
      await sends(page).click()
      await page.getByRole('dialog').getByRole('row').filter({ hasText: 'grossWeight' }).waitFor()
      await screenshot(page, `amend-compare-${language}-${size}`)
      await expectAccessible(page, `amend compare ${language} ${size}`)
      assert.deepEqual(troubles, [])
      await close()
    })
  }
}
