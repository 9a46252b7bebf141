import { ref } from 'vue'
import { get } from './client'

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
