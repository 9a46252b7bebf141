import { describe, expect, it } from 'vitest'
import { complaintsAbout, conditions, orderOf, progressOf, untouchedOrder } from './order'
import { filterOf } from '@/screens/documents/filter'

const port = { port: 'hainan' }

describe('an order for many documents', () => {
  it('is complained about once for each thing that is missing', () => {
    expect(complaintsAbout(untouchedOrder, {})).toEqual(['filter', 'reasonShort'])
    const wrong = { ...untouchedOrder, limit: 100_001, pace: 10_001, reason: '字'.repeat(501) }
    expect(complaintsAbout(wrong, port)).toEqual(['limit', 'pace', 'reasonLong'])
  })

  it('may go to its limits', () => {
    const most = { ...untouchedOrder, limit: 100_000, pace: 10_000, reason: '𠮷'.repeat(500) }
    expect(complaintsAbout(most, port)).toEqual([])
    expect(complaintsAbout({ ...most, limit: 0.5, pace: 0 }, port)).toEqual(['limit', 'pace'])
  })

  it('names a mode only where it sends again', () => {
    const typed = { ...untouchedOrder, reason: ' the port is back ' }
    expect(orderOf(typed, port)).toEqual({
      filter: port,
      action: 'replay',
      mode: 'same-bytes',
      limit: 1000,
      pace: 50,
      reason: 'the port is back',
    })
    expect(orderOf({ ...typed, action: 'hold' }, port)).not.toHaveProperty('mode')
  })

  it('has no conditions that were not asked for', () => {
    expect(conditions(filterOf({ port: 'hainan', since: 'never', type: '' }))).toEqual(port)
  })

  it('is through when nothing is pending', () => {
    expect(progressOf({ moved: 3, passed_over: 1, pending: 6 })).toEqual({ done: 4, total: 10 })
    expect(progressOf({ moved: 0, passed_over: 0, pending: 0 })).toEqual({ done: 0, total: 0 })
  })
})
