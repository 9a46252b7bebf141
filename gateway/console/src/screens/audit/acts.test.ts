import { describe, expect, it } from 'vitest'
import { actFilterOf, askedOfAudit, placeOf } from './acts'

describe('what the audit is asked', () => {
  it('is what the address says, without a kind that there is not', () => {
    const filter = actFilterOf({ by: 'li', kind: 'bribe', document: ['a', 'b'], other: 'x' })
    expect(filter).toEqual({ by: 'li', kind: '', document: '', since: '', until: '' })
    expect(actFilterOf({ kind: 'disclosure' }).kind).toBe('disclosure')
  })

  it('has its times as moments', () => {
    const asked = askedOfAudit(actFilterOf({ since: '2026-01-31T09:30', until: 'soon' }))
    expect(asked['since']).toBe(new Date('2026-01-31T09:30').toISOString())
    expect(asked['until']).toBeNull()
  })
})

describe('what was acted on', () => {
  it('is shown by its page where it has one', () => {
    expect(placeOf('documents/D7')).toEqual({ name: 'document', params: { id: 'D7' } })
    expect(placeOf('replays/7')).toEqual({ name: 'replay', params: { id: '7' } })
    expect(placeOf('ports/hainan')).toEqual({ name: 'ports' })
    expect(placeOf('users/li')).toBeNull()
    expect(placeOf('inbound')).toBeNull()
    expect(placeOf('documents/D7/notes')).toBeNull()
  })
})
