import { describe, expect, it } from 'vitest'
import { chinaDayOf, dayBeside, isDay, localBounds } from './china-day'

describe('a day of the reconciliation', () => {
  it('begins at midnight in China', () => {
    expect(chinaDayOf(new Date('2026-01-31T15:59:59Z'))).toBe('2026-01-31')
    expect(chinaDayOf(new Date('2026-01-31T16:00:00Z'))).toBe('2026-02-01')
  })

  it('has a day before and one after, over the ends of months and years', () => {
    expect(dayBeside('2026-03-01', -1)).toBe('2026-02-28')
    expect(dayBeside('2026-12-31', 1)).toBe('2027-01-01')
  })

  it('is a day of the calendar', () => {
    expect(isDay('2026-01-31')).toBe(true)
    expect(['2026-13-01', '31.01.2026', '', '2026-1-3'].map(isDay)).toEqual([false, false, false, false])
  })

  it('has bounds that are moments of the zone of the browser', () => {
    const { since, until } = localBounds('2026-01-31')
    expect(new Date(since).toISOString()).toBe('2026-01-30T16:00:00.000Z')
    expect(new Date(until).toISOString()).toBe('2026-01-31T16:00:00.000Z')
  })
})
