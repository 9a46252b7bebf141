// What the address of the page asks the audit for, and where what was acted on is to be seen.
import type { LocationQuery, RouteLocationRaw } from 'vue-router'
import { actKinds } from '@/api/audit'
import type { Query } from '@/api/client'
import { momentOf } from '@/parts/times'

export const actFilterNames = ['by', 'kind', 'document', 'since', 'until'] as const
export type ActFilter = Record<(typeof actFilterNames)[number], string>

export function actFilterOf(query: LocationQuery): ActFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const filter = Object.fromEntries(actFilterNames.map((name) => [name, text(name)])) as ActFilter
  if (!(actKinds as readonly string[]).includes(filter.kind)) filter.kind = ''
  return filter
}

export function askedOfAudit(filter: ActFilter): Query {
  return { ...filter, since: momentOf(filter.since), until: momentOf(filter.until) }
}

/** The page that shows what was acted on; null where none does. */
export function placeOf(subject: string): RouteLocationRaw | null {
  const [, folder, id] = /^(\w+)\/([^/]+)$/.exec(subject) ?? []
  if (folder === undefined || id === undefined) return null
  if (folder === 'documents') return { name: 'document', params: { id } }
  if (folder === 'replays') return { name: 'replay', params: { id } }
  if (folder === 'ports') return { name: 'ports' }
  return null
}
