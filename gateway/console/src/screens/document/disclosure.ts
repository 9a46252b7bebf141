// What was disclosed to the person who looks at a document: shown in this view, kept nowhere, gone when it is left.
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { disclose, type Disclosure, type WholeDocument } from '@/api/document'

export interface Disclosed {
  version: number
  content: Disclosure
}

export interface DisclosureOfView {
  disclosed: ShallowRef<Disclosed | null>
  ask: (document: WholeDocument, reason: string) => Promise<void>
  hide: () => void
}

export function useDisclosure(): DisclosureOfView {
  const disclosed = shallowRef<Disclosed | null>(null)
  let isGone = false
  const hide = () => (disclosed.value = null)
  onScopeDispose(() => {
    isGone = true
    hide()
  })
  return {
    disclosed,
    hide,
    ask: async (document, reason) => {
      const content = await disclose(document.id, document.version, reason)
      if (!isGone) disclosed.value = { version: document.version, content }
    },
  }
}
