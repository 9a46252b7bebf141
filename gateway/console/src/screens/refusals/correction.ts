// One correction for many documents of a type: which fields it may name, what is typed of it, what the gateway is asked.
import type { CatalogType } from '@/api/catalog'
import type { Change } from '@/api/refusals'
import { pointer } from '@/body/body'

export interface CorrectableField {
  path: string // JSON Pointer, * for every line of a list
  title: string
  table: string // of codes; "" where it has none
}

export interface TypedChange {
  path: string
  value: string
  isTakenOut: boolean
}

export interface TypedCorrection {
  changes: TypedChange[]
  reason: string
}

export const newChange = (): TypedChange => ({ path: '', value: '', isTakenOut: false })
export const untouchedCorrection = (): TypedCorrection => ({ changes: [newChange()], reason: '' })

const shortestReason = 5
const longestReason = 500
const filledIn = ['guid', 'appTime', 'appType'] // by the gateway, for each version anew

/** Without what names a document: another key is another document. */
export function correctableFields(type: CatalogType): CorrectableField[] {
  const lists = new Set(type.fields.filter((field) => field.repeats).map((field) => field.path))
  return type.fields
    .filter((field) => field.kind === 'field' && field.path.startsWith(`${type.business_node}/`))
    .filter((field) => !filledIn.includes(field.name) && !type.key.includes(field.name))
    .map((field) => ({ path: placeIn(field.path, lists), title: field.title_zh, table: field.code_table ?? '' }))
}

function placeIn(path: string, lists: Set<string>): string {
  const [business, ...names] = path.split('/')
  let walked = business!
  return names
    .map((name) => {
      walked += `/${name}`
      return pointer(name) + (lists.has(walked) ? '/*' : '')
    })
    .join('')
}

export type Complaint = 'field' | 'twice' | 'value' | 'reason'

export function complaintsAbout(typed: TypedCorrection, fields: CorrectableField[]): Complaint[] {
  const paths = typed.changes.map((change) => change.path)
  const length = [...typed.reason.trim()].length
  const found: Complaint[] = []
  if (paths.length === 0 || paths.some((path) => !fields.some((field) => field.path === path))) found.push('field')
  if (new Set(paths).size < paths.length) found.push('twice')
  if (typed.changes.some((change) => !change.isTakenOut && change.value.trim() === '')) found.push('value')
  if (length < shortestReason || length > longestReason) found.push('reason')
  return found
}

export function changesOf(typed: TypedCorrection): Change[] {
  return typed.changes.map(({ path, value, isTakenOut }) => ({ path, value: isTakenOut ? null : value.trim() }))
}
