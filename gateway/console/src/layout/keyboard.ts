// Keys that hold on every screen. While somebody types, only Escape is a key of ours.
import { onMounted, onUnmounted } from 'vue'

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type))
  )
}

export interface Keys {
  help: () => void
  search: () => void
  go: (letter: string) => boolean // whether a page has that letter
}

const secondKeyMilliseconds = 1500

export function useKeyboard(keys: Keys): void {
  let goSince = 0
  function pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const wasGo = Date.now() - goSince < secondKeyMilliseconds
    goSince = 0
    if (wasGo && keys.go(event.key)) event.preventDefault()
    else if (event.key === 'g') goSince = Date.now()
    else if (event.key === '?') keys.help()
    else if (event.key === '/') {
      event.preventDefault()
      keys.search()
    }
  }
  onMounted(() => document.addEventListener('keydown', pressed))
  onUnmounted(() => document.removeEventListener('keydown', pressed))
}
