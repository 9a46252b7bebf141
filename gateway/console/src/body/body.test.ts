import { describe, expect, it } from 'vitest'
import { leavesOf, namesOf, pointer, setText, textAt, valueAt, type Body } from './body'

describe('pointers', () => {
  it('go both ways, whatever is in a name', () => {
    expect(pointer('OrderList', 0, 'a/b~c')).toBe('/OrderList/0/a~1b~0c')
    expect(namesOf('/OrderList/0/a~1b~0c')).toEqual(['OrderList', '0', 'a/b~c'])
    expect(namesOf('')).toEqual([])
  })

  it('find only what is there of its own', () => {
    const body: Body = { OrderHead: { orderNo: 'A1', note: '' }, OrderList: [{ gnum: '1' }] }
    expect(textAt(body, '/OrderHead/orderNo')).toBe('A1')
    expect(textAt(body, '/OrderList/0/gnum')).toBe('1')
    expect(textAt(body, '/OrderHead')).toBeUndefined()
    expect(valueAt(body, '/OrderHead/constructor')).toBeUndefined()
    expect(valueAt(body, '/OrderList/length')).toBeUndefined()
    expect(valueAt(body, '/OrderList/7/gnum')).toBeUndefined()
  })

  it('set a leaf and make what is on the way there', () => {
    const body: Body = {}
    setText(body, '/OrderHead/note', 'x')
    setText(body, '/OrderList/0/gnum', '1')
    expect(body).toEqual({ OrderHead: { note: 'x' }, OrderList: [{ gnum: '1' }] })
  })

  it('keep an empty text and an absent member apart', () => {
    const body: Body = { OrderHead: { note: 'x', payCode: 'y' } }
    setText(body, '/OrderHead/note', '')
    setText(body, '/OrderHead/payCode', undefined)
    expect(body).toEqual({ OrderHead: { note: '' } })
  })

  it('lead to every leaf in order', () => {
    expect(leavesOf({ a: { b: '1' }, c: [{ d: '2' }, { d: '3' }] })).toEqual([
      ['/a/b', '1'],
      ['/c/0/d', '2'],
      ['/c/1/d', '3'],
    ])
  })
})
