import { describe, expect, it } from 'vitest'
import { documentShape, placesOf, titlesOf, toFillIn, withoutLines, type Schema } from './shape'
import type { CatalogType } from '@/api/catalog'

const schema: Schema = {
  required: ['OrderHead', 'OrderList'],
  properties: {
    OrderHead: {
      title: '电子订单表头',
      type: 'object',
      required: ['orderNo', 'goodsValue'],
      properties: {
        guid: { title: '系统唯一序号', $ref: '#/$defs/C36' },
        orderNo: { title: '订单编号', $ref: '#/$defs/C1..60' },
        goodsValue: { title: '商品价格', $ref: '#/$defs/N19,5' },
        currency: { title: '币制', enum: ['142', '', 142] as (string | number)[] },
        appStatus: { title: '报送状态', anyOf: [{ const: '' }, { type: 'string', maxLength: 1 }], default: '1' },
        note: { title: '备注', $ref: '#/$defs/C..1000' },
      },
    },
    OrderList: {
      title: '商品',
      type: 'array',
      minItems: 1,
      maxItems: 99,
      items: { type: 'object', required: ['unit'], properties: { unit: { title: '单位', $ref: '#/$defs/C3' } } },
    },
  },
  $defs: { C36: { maxLength: 36 }, 'C1..60': { maxLength: 60 }, 'N19,5': {}, 'C..1000': { maxLength: 1000 }, C3: { maxLength: 3 } },
}
const field = (path: string, more: object) => ({ path, name: '', title_zh: '', kind: 'field', required: true, masked: false, ...more })
const type = {
  name: 'CEB311Message',
  key: ['ebpCode', 'orderNo'],
  business_node: 'Order',
  fields: [
    field('Order/OrderHead/orderNo', { format: 'C1..60', masked: true }),
    field('Order/OrderHead/goodsValue', { format: 'N19,5' }),
    field('Order/OrderHead/currency', { format: 'C3', code_table: 'currency' }),
    field('Order/OrderList/unit', { format: 'C3', code_table: 'unit' }),
  ],
} as unknown as CatalogType

const shapes = documentShape(schema, type)
const headField = (name: string) => {
  const head = shapes[0]!
  return head.kind === 'group' ? head.members.find((one) => one.name === name) : undefined
}

describe('the form of a message type', () => {
  it('has groups and lists as the schema has them', () => {
    expect(shapes.map((shape) => [shape.kind, shape.name, shape.title])).toEqual([
      ['group', 'OrderHead', '电子订单表头'],
      ['list', 'OrderList', '商品'],
    ])
    expect(shapes[1]).toMatchObject({ least: 1, most: 99 })
  })

  it('gives every field the input that fits it', () => {
    expect(headField('orderNo')).toMatchObject({ input: 'text', isRequired: true, isKey: true, isPersonal: true, longest: 60 })
    expect(headField('goodsValue')).toMatchObject({ input: 'amount', isRequired: true })
    expect(headField('currency')).toMatchObject({ input: 'choice', choices: ['142'], isRequired: false })
    expect(headField('note')).toMatchObject({ input: 'long', longest: 1000 })
    expect(headField('appStatus')).toMatchObject({ input: 'text', longest: 1 })
    expect(shapes[1]).toMatchObject({ members: [{ name: 'unit', input: 'code', table: 'unit' }] })
  })

  it('leaves out what the gateway fills in', () => {
    const head = toFillIn(shapes)[0]!
    expect(head.kind === 'group' && head.members.map((one) => one.name)).not.toContain('guid')
  })

  it('knows the title of a field in any line', () => {
    expect(titlesOf(shapes).get(withoutLines('/OrderList/12/unit'))).toBe('单位')
    expect(withoutLines('/OrderList/3')).toBe('/OrderList')
  })

  it('knows the places that it shows of a body', () => {
    const places = placesOf(shapes, { OrderHead: {}, OrderList: [{ unit: '011' }] })
    expect(places.has('/OrderHead/orderNo')).toBe(true)
    expect(places.has('/OrderList/0/unit')).toBe(true)
    expect(places.has('/OrderList/1/unit')).toBe(false)
  })

  it('has its fields directly where a type has no head', () => {
    const flat = documentShape({ properties: { ebpCode: { title: '电商平台代码' } } }, { ...type, business_node: 'Receipts' })
    expect(flat).toMatchObject([{ kind: 'field', name: 'ebpCode', title: '电商平台代码' }])
  })
})
