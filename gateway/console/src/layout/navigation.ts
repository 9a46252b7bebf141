import type { RouteMeta } from 'vue-router'
import { screens } from '@/router'
import { may } from '@/session/session'

export interface Entry {
  name: string
  meta: RouteMeta
}

const order = {
  watch: ['overview', 'documents', 'waiting', 'ports'],
  act: ['refusals', 'replays', 'reconciliation'],
  know: ['tables', 'audit'],
} as const

function entry(name: string): Entry {
  return { name, meta: screens.find((screen) => screen.name === name)!.meta! }
}

export const groups = Object.entries(order).map(([group, names]) => ({
  group: group as keyof typeof order,
  entries: names.map(entry),
}))

export function mayEnter(meta: RouteMeta): boolean {
  return meta.needs === undefined || may(meta.needs)
}

export function byLetter(letter: string): Entry | undefined {
  const found = screens.find((screen) => screen.meta?.letter === letter)
  return found && mayEnter(found.meta!) ? { name: String(found.name), meta: found.meta! } : undefined
}
