import { describe, expect, it } from 'vitest'
import { byClass } from './refusal-classes'
import type { RefusalGroup } from '@/api/refusals'

const group = (code: string, of: string, count: number): RefusalGroup => ({
  group: code, code, type: 'CEB311Message', class: of, goods: null, count, examples: [], assigned: {},
  explanation: { zh: '', en: '' }, advice: { zh: '', en: '' },
})

describe('refusals by class', () => {
  it('put together what is to be done alike, the most first', () => {
    const classes = byClass([
      group('1300', 'mend the data', 2),
      group('-1', 'sign again', 4),
      group('1301', 'mend the data', 3),
    ])
    expect(classes.map((one) => [one.name, one.count])).toEqual([['mend the data', 5], ['sign again', 4]])
    expect(classes[0]!.groups.map((one) => one.code)).toEqual(['1301', '1300'])
  })

  it('keep those of which nothing is known', () => {
    expect(byClass([group('x', '', 1)])).toMatchObject([{ name: '', count: 1 }])
  })
})
