// Light, dark or as the system says; Element Plus looks at the class "dark" of the root.
import { ref, watchEffect } from 'vue'

export type Theme = 'light' | 'dark' | 'system'

const place = 'cebgate.theme'
const kept = localStorage.getItem(place)
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = ref(system.matches)
system.addEventListener('change', (event) => (systemIsDark.value = event.matches))

export const theme = ref<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system')
export const isDark = ref(false)

watchEffect(() => {
  isDark.value = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value)
  document.documentElement.classList.toggle('dark', isDark.value)
  localStorage.setItem(place, theme.value)
})
