import { describe, expect, it } from 'vitest'
import { language } from '@/words'
import { reasonInLanguage } from './reasons'

describe('a reason', () => {
  it('that the gateway gives in both languages is told in the one chosen', () => {
    language.value = 'en'
    expect(reasonInLanguage('尚无回执 | no receipt yet')).toBe('no receipt yet')
    language.value = 'zh'
    expect(reasonInLanguage('尚无回执 | no receipt yet')).toBe('尚无回执')
  })

  it('of somebody else stays as it is', () => {
    language.value = 'en'
    for (const said of ['100 [Code:1300;Desc:海关退单]', 'a | b', '甲 | 乙', '']) expect(reasonInLanguage(said)).toBe(said)
  })
})
