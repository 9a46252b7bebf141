// Which refused documents are looked at, and how they are grouped: kept in the address.
import type { LocationQuery } from 'vue-router'
import type { Query } from '@/api/client'
import type { RefusalGroup } from '@/api/refusals'
import { momentOf } from '@/parts/times'

export const refusalFilterNames = ['enterprise', 'port', 'since', 'until'] as const
export type RefusalFilter = Record<(typeof refusalFilterNames)[number], string> & { by: 'code' | 'goods' }

export function refusalFilterOf(query: LocationQuery): RefusalFilter {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '')
  const texts = Object.fromEntries(refusalFilterNames.map((name) => [name, text(name)]))
  return { ...texts, by: query['by'] === 'goods' ? 'goods' : 'code' } as RefusalFilter
}

export function askedOfRefusals(filter: RefusalFilter): Query {
  return { ...filter, since: momentOf(filter.since), until: momentOf(filter.until) }
}

export function addressOf(filter: RefusalFilter): Record<string, string> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

/** The address of the documents that were refused with the code of a group. */
export function documentsOf(group: Pick<RefusalGroup, 'code' | 'type'>, filter: RefusalFilter): Record<string, string> {
  const { enterprise, port, since, until } = filter
  const query = { state: 'refused', type: group.type, code: group.code, enterprise, port, since, until }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
}
