import { describe, expect, it } from 'vitest'
import { language } from '@/words'
import { count, span, wholeTime, zoneOf } from './times'

describe('times', () => {
  it('are local and name their zone', () => {
    const time = new Date(2026, 0, 31, 9, 5, 7)
    expect(wholeTime(time)).toBe(`2026-01-31 09:05:07 ${zoneOf(time)}`)
    expect(zoneOf(time)).toMatch(/^GMT/)
  })

  it('tell a span in its largest whole unit, in the language chosen', () => {
    language.value = 'en'
    expect([0, 59_000, 60_000, 3_600_000, 200_000_000].map(span)).toEqual(['0 s', '59 s', '1 min', '1 h', '2 d'])
    language.value = 'zh'
    expect(span(60_000)).toBe('1 分钟')
  })

  it('part the thousands of a count', () => {
    language.value = 'en'
    expect(count(1234567)).toBe('1,234,567')
  })
})
