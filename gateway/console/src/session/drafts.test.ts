import { beforeEach, describe, expect, it } from 'vitest'
import { forgetDrafts, useDraft } from './drafts'

beforeEach(() => sessionStorage.clear())

describe('a draft', () => {
  it('is there again after the page was left', () => {
    useDraft('amend.D1', { number: '' }).draft.value.number = 'A-1'
    expect(useDraft('amend.D1', { number: '' }).draft.value).toEqual({ number: 'A-1' })
    expect(useDraft('amend.D2', { number: '' }).draft.value).toEqual({ number: '' })
  })

  it('is gone once it was sent, and when somebody signs out', () => {
    const { draft, clear } = useDraft('reason', '')
    draft.value = 'a reason'
    clear()
    expect(useDraft('reason', '').draft.value).toBe('')
    draft.value = 'another'
    sessionStorage.setItem('of.others', 'kept')
    forgetDrafts()
    expect(useDraft('reason', '').draft.value).toBe('')
    expect(sessionStorage.getItem('of.others')).toBe('kept')
  })

  it('leaves nothing behind where nothing was typed', () => {
    const { draft } = useDraft('reason', '')
    draft.value = 'x'
    draft.value = ''
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('that is longer than a tab may keep is not kept, and nothing breaks', () => {
    const { draft } = useDraft('reason', '')
    draft.value = 'x'.repeat(499_998)
    expect(sessionStorage.length).toBe(1)
    draft.value = 'x'.repeat(499_999)
    expect(sessionStorage.length).toBe(0)
  })
})
