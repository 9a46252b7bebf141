import { ref } from 'vue'
import { get } from './client'
import { language } from '@/words'

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

/** Of a type that is not known (yet): nothing. */
export function titleOfType(name: string): string {
  const known = messageTypes.value.find((type) => type.name === name)
  if (known === undefined) return ''
  return language.value === 'zh' ? known.title_zh : known.title_en
}
