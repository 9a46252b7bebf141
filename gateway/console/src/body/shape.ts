// What a document of a type is made of, from the JSON Schema of the type and the fields of its catalog entry.
import { pointer, type Body } from './body'
import type { CatalogType } from '@/api/catalog'

export interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  title?: string
  description?: string
  type?: string | string[]
  enum?: (string | number)[]
  anyOf?: Schema[]
  const?: string
  default?: string
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
}

export interface FieldShape {
  kind: 'field'
  name: string
  title: string
  isRequired: boolean
  input: 'text' | 'long' | 'amount' | 'code' | 'choice'
  choices: string[]
  table: string // of codes, for the input "code"
  longest: number | null
  isKey: boolean
  isPersonal: boolean
}

export interface GroupShape {
  kind: 'group'
  name: string
  title: string
  members: Shape[]
}

export interface ListShape {
  kind: 'list'
  name: string
  title: string
  least: number
  most: number | null
  members: Shape[] // of one row
}

export type Shape = FieldShape | GroupShape | ListShape

const longText = 200 // characters from which on a field gets several lines
const filledIn = ['guid', 'appTime', 'appType'] // by the gateway, or by what is done with the document

function resolved(schema: Schema, root: Schema): Schema {
  const name = schema.$ref?.replace('#/$defs/', '')
  const target = name === undefined ? {} : (root.$defs?.[name] ?? {})
  const inner = schema.anyOf?.find((one) => one.const === undefined) ?? {}
  return { ...target, ...inner, ...schema }
}

function inputOf(schema: Schema, table: string, choices: string[], format: string): FieldShape['input'] {
  if (choices.length > 0) return 'choice'
  if (table !== '') return 'code'
  if (/^(N|int)/.test(format)) return 'amount'
  return (schema.maxLength ?? 0) >= longText ? 'long' : 'text'
}

function shapeOf(name: string, given: Schema, path: string, isRequired: boolean, root: Schema, type: CatalogType): Shape {
  const schema = resolved(given, root)
  const title = schema.title ?? name
  if (schema.items) {
    const rows = membersOf(schema.items, path, root, type)
    return { kind: 'list', name, title, least: schema.minItems ?? 0, most: schema.maxItems ?? null, members: rows }
  }
  if (schema.properties) return { kind: 'group', name, title, members: membersOf(schema, path, root, type) }
  const field = type.fields.find((one) => one.path === path)
  const table = field?.code_table ?? ''
  const choices = (schema.enum ?? []).filter((value): value is string => typeof value === 'string' && value !== '')
  const input = inputOf(schema, table, choices, field?.format ?? '')
  return {
    kind: 'field', name, title, isRequired, input, choices, table, longest: schema.maxLength ?? null,
    isKey: type.key.includes(name), isPersonal: field?.masked ?? false,
  }
}

function membersOf(given: Schema, path: string, root: Schema, type: CatalogType): Shape[] {
  const schema = resolved(given, root)
  return Object.entries(schema.properties ?? {}).map(([name, one]) =>
    shapeOf(name, one, `${path}/${name}`, schema.required?.includes(name) ?? false, root, type),
  )
}

/** Of the whole document; its members are groups and lists, or fields where the type has no head. */
export function documentShape(schema: Schema, type: CatalogType): Shape[] {
  return membersOf(schema, type.business_node, schema, type)
}

/** Without what is not for a person to fill in. */
export function toFillIn(shapes: Shape[]): Shape[] {
  return shapes
    .filter((shape) => shape.kind !== 'field' || !filledIn.includes(shape.name))
    .map((shape) => (shape.kind === 'field' ? shape : { ...shape, members: toFillIn(shape.members) }))
}

/** The title of every field by its place, list lines left out: "/OrderList/unit". */
export function titlesOf(shapes: Shape[], path = ''): Map<string, string> {
  const titles = new Map<string, string>()
  for (const shape of shapes) {
    const here = path + pointer(shape.name)
    titles.set(here, shape.title)
    if (shape.kind !== 'field') titlesOf(shape.members, here).forEach((title, at) => titles.set(at, title))
  }
  return titles
}

export function withoutLines(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '')
}

/** A pointer to everything that a form of this body shows: fields, lists, groups. */
export function placesOf(shapes: Shape[], body: Body, path = ''): Set<string> {
  const places = new Set<string>()
  for (const shape of shapes) {
    const here = path + pointer(shape.name)
    places.add(here)
    if (shape.kind === 'group') placesOf(shape.members, (body[shape.name] ?? {}) as Body, here).forEach((one) => places.add(one))
    if (shape.kind !== 'list') continue
    const rows = (body[shape.name] ?? []) as Body[]
    rows.forEach((row, index) => {
      places.add(here + pointer(index))
      placesOf(shape.members, row, here + pointer(index)).forEach((one) => places.add(one))
    })
  }
  return places
}
