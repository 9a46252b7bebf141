import { describe, expect, it } from 'vitest'
import { differences } from './difference'

const line = (name: string, qty = '1') => ({ itemName: name, qty })

describe('the difference between two bodies', () => {
  it('is nothing between equal ones', () => {
    expect(differences({ a: { b: '1' } }, { a: { b: '1' } })).toEqual([])
  })

  it('tells what changed, came and went, and an empty text from an absent one', () => {
    expect(differences({ h: { a: '1', b: '2', c: '' } }, { h: { a: '9', c: 'x', d: '' } })).toEqual([
      { path: '/h/a', before: '1', after: '9' },
      { path: '/h/b', before: '2', after: null },
      { path: '/h/c', before: '', after: 'x' },
      { path: '/h/d', before: null, after: '' },
    ])
  })

  it('takes a line put in front for one line more and not for every line changed', () => {
    const found = differences({ l: [line('A'), line('B')] }, { l: [line('N'), line('A'), line('B')] })
    expect(found).toEqual([
      { path: '/l/0/itemName', before: null, after: 'N' },
      { path: '/l/0/qty', before: null, after: '1' },
    ])
  })

  it('pairs the changed line between equal ones', () => {
    const found = differences({ l: [line('A'), line('B'), line('C')] }, { l: [line('A'), line('B', '7'), line('C')] })
    expect(found).toEqual([{ path: '/l/1/qty', before: '1', after: '7' }])
  })

  it('tells the lines that are gone by where they stood', () => {
    expect(differences({ l: [line('A'), line('B')] }, { l: [line('B')] })).toEqual([
      { path: '/l/0/itemName', before: 'A', after: null },
      { path: '/l/0/qty', before: '1', after: null },
    ])
  })

  it('compares line with line where a list is too long to be paired', () => {
    const long = (first: string) => ({ l: Array.from({ length: 501 }, (_, index) => line(index === 0 ? first : 'x')) })
    expect(differences(long('A'), long('B'))).toEqual([{ path: '/l/0/itemName', before: 'A', after: 'B' }])
  })
})
