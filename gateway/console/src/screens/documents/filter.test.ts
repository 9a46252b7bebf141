import { describe, expect, it } from 'vitest'
import { asked, filterOf, isEmpty, queryOf, statesOf } from './filter'

describe('the filter in the address', () => {
  it('comes out as it went in, and leaves nothing empty behind', () => {
    const query = { q: 'A-1', state: 'held,refused', since: '2026-01-31T09:30' }
    expect(queryOf(filterOf(query))).toEqual({ ...query, state: 'refused,held' })
    expect(isEmpty(filterOf({ q: '', other: 'x' }))).toBe(true)
  })

  it('knows only states and outcomes that there are', () => {
    const filter = filterOf({ state: 'held,<script>,settled', outcome: 'nonsense' })
    expect(statesOf(filter)).toEqual(['settled', 'held'])
    expect(filter.outcome).toBe('')
  })

  it('asks for the moment that a local time means, and not at all for what is none', () => {
    const since = new Date(2026, 0, 31, 9, 30).toISOString()
    expect(asked(filterOf({ since: '2026-01-31T09:30', until: 'soon' }))).toEqual({ since, until: null })
  })
})
