import { describe, expect, it } from 'vitest'
import type { Role } from '@/api/session'
import { includes } from './session'

describe('roles', () => {
  it('include each other as the gateway has it', () => {
    const all: Role[] = ['viewer', 'submitter', 'operator', 'approver', 'admin']
    const granted = (has: Role) => all.filter((needed) => includes(has, needed))
    expect(granted('viewer')).toEqual(['viewer'])
    expect(granted('submitter')).toEqual(['viewer', 'submitter'])
    expect(granted('operator')).toEqual(['viewer', 'operator'])
    expect(granted('approver')).toEqual(['viewer', 'operator', 'approver'])
    expect(granted('admin')).toEqual(all)
  })
})
