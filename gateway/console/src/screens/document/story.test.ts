import { describe, expect, it } from 'vitest'
import { byDay, inOrder, isMilestone } from './story'
import type { StoryEvent } from '@/api/document'

const event = (at: string, kind: StoryEvent['kind'], more: Partial<StoryEvent> = {}): StoryEvent => ({
  at, kind, document: 'd', type: 'CEB311Message', from: '', to: '', text: '', by: '', code: '', explanation: null, ...more,
})

describe('the story of a sale', () => {
  it('is told oldest first, also where zones are written differently', () => {
    const late = event('2026-01-31T10:00:00+08:00', 'moved')
    const early = event('2026-01-31T01:59:00Z', 'receipt')
    expect(inOrder([late, early])).toEqual([early, late])
  })

  it('tells at one moment the receipt before the move it causes, and the ERP last', () => {
    const at = '2026-01-31T10:00:00+08:00'
    const kinds = inOrder([event(at, 'erp_notice'), event(at, 'moved'), event(at, 'receipt')]).map((one) => one.kind)
    expect(kinds).toEqual(['receipt', 'moved', 'erp_notice'])
  })

  it('keeps the order in which equal events came', () => {
    const at = '2026-01-31T10:00:00+08:00'
    const [first, second] = [event(at, 'moved', { document: 'a' }), event(at, 'moved', { document: 'b' })]
    expect(inOrder([first, second])).toEqual([first, second])
  })

  it('is parted by days', () => {
    const days = byDay([event('2026-01-31T12:00:00', 'moved'), event('2026-02-01T12:00:00', 'moved')])
    expect(days.map((one) => [one.day, one.events.length])).toEqual([['2026-01-31', 1], ['2026-02-01', 1]])
  })

  it('leaves out of the short telling what leads nowhere', () => {
    expect(isMilestone(event('2026-01-31T12:00:00', 'moved', { from: 'sent', to: 'sent' }))).toBe(false)
    expect(isMilestone(event('2026-01-31T12:00:00', 'moved', { from: 'sent', to: 'settled' }))).toBe(true)
    expect(isMilestone(event('2026-01-31T12:00:00', 'erp_notice'))).toBe(false)
  })
})
