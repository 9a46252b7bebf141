import { ref } from 'vue'
import { get, segment } from './client'
import type { Schema } from '@/body/shape'

export interface MessageType {
  name: string
  title_zh: string
  title_en: string
  kind: string
  direction: string
  key: string[]
  numbers: string[]
}

/** The message types, read once; empty until then. */
export const messageTypes = ref<MessageType[]>([])

export async function readMessageTypes(): Promise<void> {
  if (messageTypes.value.length > 0) return
  messageTypes.value = (await get<{ types: MessageType[] }>('/v1/catalog')).types
}

export interface CatalogField {
  path: string
  name: string
  title_zh: string
  kind: string
  required: boolean
  masked: boolean
  code_table?: string
  format?: string
}

export interface CatalogType extends MessageType {
  business_node: string
  head: string
  list: string
  fields: CatalogField[]
}

export interface TypeForm {
  type: CatalogType
  schema: Schema
}

const forms = new Map<string, Promise<TypeForm>>()

/** What a document of the type is made of, read once. */
export function readTypeForm(name: string): Promise<TypeForm> {
  let read = forms.get(name)
  if (read === undefined) {
    const place = `/v1/catalog/${segment(name)}`
    read = Promise.all([get<CatalogType>(place), get<Schema>(`${place}/schema.json`)]).then(([type, schema]) => ({
      type,
      schema,
    }))
    read.catch(() => forms.delete(name)) // and asked again the next time
    forms.set(name, read)
  }
  return read
}
