import { describe, expect, it } from 'vitest'
import { addressOf, askedOfRefusals, refusalFilterOf } from './asking'

describe('the refusals that are looked at', () => {
  it('are grouped by code unless the address says by goods', () => {
    expect(refusalFilterOf({}).by).toBe('code')
    expect(refusalFilterOf({ by: 'anything' }).by).toBe('code')
    expect(refusalFilterOf({ by: 'goods' }).by).toBe('goods')
  })

  it('stand in the address, and are asked for with moments', () => {
    const filter = refusalFilterOf({ port: 'hainan', since: '2026-01-31T09:30', other: 'x' })
    expect(addressOf(filter)).toEqual({ by: 'code', port: 'hainan', since: '2026-01-31T09:30' })
    expect(askedOfRefusals(filter)['since']).toBe(new Date('2026-01-31T09:30').toISOString())
  })
})
