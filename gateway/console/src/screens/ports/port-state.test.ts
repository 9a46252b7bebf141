import { describe, expect, it } from 'vitest'
import { stateOfPort, urgencyOf } from './port-state'

const well = { paused: null, reachable: true, breaker: 'closed' } as const

describe('the state of a port', () => {
  it('is the pause before anything else, since a person has to end it', () => {
    const paused = { by: 'li', reason: 'maintenance', at: '2026-01-31T09:00:00+08:00' }
    expect(stateOfPort({ paused, reachable: false, breaker: 'open' })).toBe('paused')
  })

  it('is away, kept or well otherwise', () => {
    expect(stateOfPort({ ...well, reachable: false, breaker: 'open' })).toBe('away')
    expect(stateOfPort({ ...well, breaker: 'half_open' })).toBe('kept')
    expect(stateOfPort(well)).toBe('well')
  })
})

describe('the days that are left of a certificate', () => {
  it('are told the more urgently the fewer they are', () => {
    expect([-1, 0, 7, 8, 30, 31].map(urgencyOf)).toEqual(['ended', 'urgent', 'urgent', 'soon', 'soon', 'well'])
  })
})
