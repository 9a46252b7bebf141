import { describe, expect, it } from 'vitest'
import { placeFaults, typed, unmasked } from './amendment'
import { without, withCopy, withNew } from './lines'
import type { Fault } from '@/api/client'

const fault = (path: string): Fault => ({ path, code: 'c', severity: 'error', zh: '', en: '' })

describe('what an amendment begins with', () => {
  it('is what the gateway offers, the masked in clear', () => {
    const offered = { H: { appType: '2', buyerName: '***', orderNo: 'A***1' }, L: [{ itemName: 'x' }] }
    const clear = { H: { appType: '1', guid: 'g', buyerName: '测试甲', orderNo: 'A***1' }, L: [{ itemName: 'x' }] }
    expect(unmasked(offered, clear)).toEqual({
      H: { appType: '2', buyerName: '测试甲', orderNo: 'A***1' },
      L: [{ itemName: 'x' }],
    })
    expect(offered.H.buyerName).toBe('***')
  })

  it('has nothing in the place of what was not disclosed', () => {
    expect(unmasked({ H: { buyerName: '***' } }, { H: {} })).toEqual({ H: {} })
  })
})

describe('a field that is emptied', () => {
  it('is gone, unless it was empty before', () => {
    expect(typed({ H: { note: 'x' } }, '/H/note', '')).toBeUndefined()
    expect(typed({ H: { note: '' } }, '/H/note', '')).toBe('')
    expect(typed({ H: {} }, '/H/note', 'y')).toBe('y')
  })
})

describe('faults', () => {
  const places = new Set(['/H', '/H/a', '/L', '/L/0', '/L/0/b'])

  it('stand at their field', () => {
    expect([...placeFaults([fault('/document/H/a'), fault('/document/L/0/b')], places).keys()]).toEqual(['/H/a', '/L/0/b'])
  })

  it('stand at what they are in where the form has no such field, and above it where there is nothing', () => {
    const placed = placeFaults([fault('/document/H/zz'), fault('/document/L/0/c/d'), fault(''), fault('/enterprise')], places)
    expect([...placed.keys()]).toEqual(['/H', '/L/0', ''])
    expect(placed.get('')).toHaveLength(2)
  })
})

describe('the lines of a list', () => {
  const lines = [{ gnum: '1', n: 'a' }, { gnum: '2', n: 'b' }]

  it('stay numbered from 1', () => {
    expect(withNew(lines, true).at(-1)).toEqual({ gnum: '3' })
    expect(withCopy(lines, 0, true)).toEqual([{ gnum: '1', n: 'a' }, { gnum: '2', n: 'a' }, { gnum: '3', n: 'b' }])
    expect(without(lines, 0, true)).toEqual([{ gnum: '1', n: 'b' }])
  })

  it('keep the numbers that somebody gave them', () => {
    expect(without([{ gnum: '1' }, { gnum: '5' }], 0, true)).toEqual([{ gnum: '5' }])
  })

  it('get no number where the type has none', () => {
    expect(withNew([{ n: 'a' }], false)).toEqual([{ n: 'a' }, {}])
  })

  it('are copied and not shared', () => {
    const copied = withCopy(lines, 0, false)
    expect(copied[1]).not.toBe(copied[0])
  })
})
