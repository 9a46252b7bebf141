import { describe, expect, it } from 'vitest'
import { changesOf, complaintsAbout, correctableFields, newChange, untouchedCorrection } from './correction'
import type { CatalogField, CatalogType } from '@/api/catalog'

const field = (path: string, more: Partial<CatalogField> = {}): CatalogField => ({
  path,
  name: path.split('/').at(-1)!,
  title_zh: path,
  kind: 'field',
  required: true,
  repeats: false,
  masked: false,
  ...more,
})
const container = (path: string, repeats: boolean) => field(path, { kind: 'container', repeats })

const type = {
  business_node: 'Order',
  key: ['ebpCode', 'orderNo'],
  fields: [
    field('@guid', { kind: 'attribute' }),
    container('Order', true),
    container('Order/OrderHead', false),
    ...['guid', 'appType', 'appTime', 'orderNo', 'ebpCode', 'freight'].map((name) => field(`Order/OrderHead/${name}`)),
    container('Order/OrderList', true),
    field('Order/OrderList/unit', { code_table: 'unit' }),
    field('BaseTransfer/copCode'),
  ],
} as unknown as CatalogType

describe('the fields that a correction may name', () => {
  it('are the content: not what names the document, nor what the gateway fills in', () => {
    expect(correctableFields(type).map((one) => one.path)).toEqual(['/OrderHead/freight', '/OrderList/*/unit'])
  })

  it('say which code table they take their values from', () => {
    expect(correctableFields(type).at(-1)).toMatchObject({ table: 'unit' })
  })

  it('are those of the document itself where its type has no head', () => {
    const receipts = { ...type, fields: [container('Order', true), field('Order/statusCode')] } as CatalogType
    expect(correctableFields(receipts).map((one) => one.path)).toEqual(['/statusCode'])
  })
})

describe('a correction as it is typed', () => {
  const fields = correctableFields(type)
  const right = { changes: [{ path: '/OrderList/*/unit', value: ' 011 ', isTakenOut: false }], reason: '计量单位填错' }

  it('is complained about once for each thing that is missing', () => {
    expect(complaintsAbout(untouchedCorrection(), fields)).toEqual(['field', 'value', 'reason'])
    expect(complaintsAbout({ ...right, changes: [...right.changes, ...right.changes] }, fields)).toEqual(['twice'])
    expect(complaintsAbout({ ...right, changes: [] }, fields)).toEqual(['field'])
    expect(complaintsAbout({ ...right, reason: '字'.repeat(501) }, fields)).toEqual(['reason'])
    expect(complaintsAbout(right, fields)).toEqual([])
  })

  it('sets a value or takes a field out', () => {
    const taken = { ...newChange(), path: '/OrderHead/freight', value: 'left over', isTakenOut: true }
    expect(complaintsAbout({ ...right, changes: [taken] }, fields)).toEqual([])
    expect(changesOf({ ...right, changes: [...right.changes, taken] })).toEqual([
      { path: '/OrderList/*/unit', value: '011' },
      { path: '/OrderHead/freight', value: null },
    ])
  })
})
