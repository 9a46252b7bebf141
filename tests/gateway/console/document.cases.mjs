import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshNumber, inventory, order, payment, waybill } from './documents.mjs'
import { expectAccessible, screenshot, settled, sizes, theSite, until, visit } from './harness.mjs'
import { hostileWords, saidHostile } from './site.mjs'

const stateOf = async (site, id) => (await site.call('GET', `/v1/documents/${id}`)).state
const inState = (site, id, state) => until(`${id} ${state}`, async () => (await stateOf(site, id)) === state)
const tab = (page, name) => page.getByRole('tab', { name }).click()
const hostileName = '<script>alert(4)</script>甲'
const why = '客户来电询问，需要核对'

async function posted(site, body, state) {
  const { id } = await site.post(body)
  await inState(site, id, state)
  return id
}

async function act(site, id, action) {
  await site.call('POST', `/v1/documents/${id}/actions`, { body: { action, reason: '测试需要这样做' } })
}

test('a refused order says why, whose matter that is and what to do', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber('~100')), 'refused')
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}` })
  await page.getByRole('heading', { name: '已退单：需要更正后重新申报' }).waitFor()
  await page.getByText('处理办法：').waitFor()
  await page.getByText('处理类别： 更正数据').waitFor()
  await page.getByRole('link', { name: '变更单证' }).waitFor()
  await tab(page, '回执与投递')
  await page.getByRole('row').filter({ hasText: '[Code:1300;' }).getByText('已退单').waitFor()
  await page.getByText('口岸已接收', { exact: true }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('the story of a sale is told across its order, payment, waybill and inventory', async () => {
  const site = await theSite()
  const number = freshNumber()
  for (const make of [payment, waybill, inventory]) await site.post(make(number))
  const id = await posted(site, order(number), 'settled')
  const { page, troubles, close } = await visit(site, { user: 'viewer', language: 'en', path: `/documents/${id}` })
  const sale = page.getByRole('list', { name: 'Documents of the same sale' })
  for (const type of ['Import order', 'Import payment', 'Import waybill', 'Import inventory']) {
    await sale.getByText(type).waitFor()
  }
  const events = page.getByRole('region', { name: /^\d{4}-\d\d-\d\d$/ }).getByRole('listitem')
  await events.filter({ hasText: 'Import inventory' }).filter({ hasText: 'Receipt 800' }).first().waitFor()
  await page.getByLabel('This document only').check()
  await until('no inventory', async () => (await events.filter({ hasText: 'Import inventory' }).count()) === 0)
  await sale.getByRole('link', { name: `Y${number}` }).click()
  await page.getByRole('heading', { level: 1, name: `Y${number}` }).waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('script in a number, a name and a receipt is text', async () => {
  const site = await theSite()
  const number = `<b onclick=alert(3)>${freshNumber(saidHostile)}</b>`
  const id = await posted(site, order(number, { buyerName: hostileName }), 'refused')
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}` })
  await page.getByRole('heading', { level: 1, name: number }).waitFor()
  await page.getByText(hostileWords).first().waitFor()
  await page.getByRole('button', { name: '显示个人信息' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill(why)
  await page.getByRole('dialog').getByRole('button', { name: '确认' }).click()
  await page.getByRole('definition').filter({ hasText: hostileName }).first().waitFor()
  for (const name of ['回执与投递', '报文与验签', '版本比较']) await tab(page, name)
  await page.getByRole('tab', { name: '报文与验签' }).click()
  await page.getByRole('region', { name: '签名报文' }).getByText(hostileName).waitFor()
  assert.equal(await page.locator('img, main script, main b').count(), 0)
  assert.deepEqual(troubles, [])
  await close()
})

test('personal data is hidden, shown for a reason that is kept, and hidden again when the page is left', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber(), { buyerName: '测试乙乙' }), 'settled')
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}` })
  await page.getByText('个人信息已隐藏').first().waitFor({ state: 'attached' })
  assert.equal(await page.getByText('测试乙乙').count(), 0)
  await page.getByRole('button', { name: '显示个人信息' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '理由' }).fill('短')
  await dialog.getByRole('button', { name: '确认' }).click()
  await dialog.getByText('理由至少要 5 个字。').waitFor()
  await dialog.getByRole('textbox', { name: '理由' }).fill(why)
  await dialog.getByRole('button', { name: '确认' }).click()
  await page.getByText('测试乙乙').first().waitFor()
  await tab(page, '报文与验签')
  await page.getByRole('region', { name: '签名报文' }).getByText('测试乙乙').waitFor()
  await screenshot(page, 'document-disclosed-zh')
  const { acts } = await site.call('GET', `/v1/audit?kind=disclosure&document=${id}`)
  assert.deepEqual(
    acts.map((one) => [one.by, one.reason]),
    [['operator', why]],
  )
  await page.goto(site.console('/documents'))
  await page.goBack()
  await page.getByRole('button', { name: '显示个人信息' }).waitFor()
  assert.equal(await page.getByText('测试乙乙').count(), 0)
  assert.deepEqual(troubles, [])
  await close()
})

test('a viewer sees no way to act and none to see personal data', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber('~100')), 'refused')
  const { page, close } = await visit(site, { user: 'viewer', path: `/documents/${id}` })
  await page.getByText('操作员可以处理该单证。').waitFor()
  assert.equal(await page.getByRole('button', { name: '显示个人信息' }).count(), 0)
  assert.equal(await page.getByRole('link', { name: '变更单证' }).count(), 0)
  await close()
})

test('a document is held and released with reasons, and the page shows each new state', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber('~silent')), 'sent')
  const { page, troubles, close } = await visit(site, { user: 'operator', language: 'en', path: `/documents/${id}` })
  for (const [button, state] of [
    ['Hold', 'Held: a person has to decide'],
    ['Release', 'Sent, waiting for the receipt of customs'],
  ]) {
    await page.getByRole('main').getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('the customer asked for it')
    await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('heading', { name: state }).waitFor()
  }
  assert.deepEqual(troubles, [])
  await close()
})

test('an action that is no longer allowed says so, and the page shows the new state', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber('~silent')), 'sent')
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}` })
  await page.getByRole('main').getByRole('button', { name: '挂起', exact: true }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill(why)
  await act(site, id, 'withdraw')
  await page.getByRole('dialog').getByRole('button', { name: '挂起', exact: true }).click()
  await page.getByText('此操作不再适用').waitFor()
  await page.getByRole('heading', { name: '已撤回，本系统不再处理' }).waitFor()
  await until('no dialog', async () => (await page.getByRole('dialog').count()) === 0)
  assert.deepEqual(troubles, [])
  await close()
})

test('the signature of the kept message is judged, and the message folds', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber()), 'settled')
  const { page, troubles, close } = await visit(site, { user: 'viewer', language: 'en', path: `/documents/${id}` })
  await tab(page, 'Message and signature')
  await page.getByText('The signature holds').waitFor()
  const xml = page.getByRole('region', { name: 'Signed message' })
  await xml.getByText('orderNo').first().waitFor()
  await xml.getByRole('button', { name: /ceb:OrderHead$/ }).click()
  await until('folded', async () => (await xml.getByText('ceb:orderNo').count()) === 0)
  await page.getByLabel('Envelope').check()
  await page.getByRole('region', { name: 'Envelope' }).getByText('MessageHead').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

test('notes and assignments are kept with who made them', async () => {
  const site = await theSite()
  const id = await posted(site, order(freshNumber()), 'settled')
  const { page, troubles, close } = await visit(site, { user: 'operator', path: `/documents/${id}` })
  await tab(page, '备注')
  await page.getByLabel('新备注').fill('已与海关联系\n<b>等回电</b>')
  await page.getByRole('button', { name: '添加' }).click()
  await page.getByText('<b>等回电</b>').first().waitFor()
  await page.getByRole('button', { name: '指派' }).click()
  const dialog = page.getByRole('dialog', { name: '指派' })
  await dialog.getByRole('textbox', { name: '用户名' }).fill('lisi')
  await dialog.getByRole('textbox', { name: '理由' }).fill(why)
  await dialog.getByRole('button', { name: '确认' }).click()
  await page.getByText('经办人： lisi').waitFor()
  assert.deepEqual(troubles, [])
  await close()
})

for (const [language, theme] of [
  ['zh', 'light'],
  ['en', 'dark'],
]) {
  for (const size of ['wide', 'narrow']) {
    test(`one document in ${language}, ${theme}, ${size}: axe finds nothing serious, nothing overflows`, async () => {
      const site = await theSite()
      const number = freshNumber()
      for (const make of [payment, waybill, inventory]) await site.post(make(number))
      const ids = { settled: await posted(site, order(number), 'settled') }
      ids.refused = await posted(site, order(freshNumber('~100')), 'refused')
      const { page, troubles, close } = await visit(site, { user: 'operator', language, theme, size: sizes[size] })
      for (const [name, id] of Object.entries(ids)) {
        await page.goto(site.console(`/documents/${id}`))
        for (let tabs = 0; tabs < 5; ++tabs) {
          await page.getByRole('tab').nth(tabs).click()
          await settled(page)
          await screenshot(page, `document-${name}-${tabs}-${language}-${size}`)
          await expectAccessible(page, `document ${name} ${tabs}`)
        }
      }
      assert.deepEqual(troubles, [])
      await close()
    })
  }
}
