// The console's texts in both languages. `Same` makes the compiler hold that English has every key of the Chinese.
import { computed, watchEffect } from 'vue'
import { createI18n } from 'vue-i18n'
import en from './en'
import zh from './zh'

export type Language = 'zh' | 'en'
export type Same<T> = { [K in keyof T]: T[K] extends string ? string : Same<T[K]> }

declare module 'vue-i18n' {
  export interface DefineLocaleMessage extends Same<typeof zh> {}
}

const place = 'cebgate.language'

function chosen(): Language {
  const kept = localStorage.getItem(place)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.languages.some((name) => name.toLowerCase().startsWith('zh')) ||
    !navigator.languages.some((name) => name.toLowerCase().startsWith('en'))
    ? 'zh'
    : 'en'
}

export const i18n = createI18n({
  legacy: false,
  locale: chosen(),
  fallbackLocale: 'zh',
  messages: { zh, en: en as Same<typeof zh> },
})

export const language = computed<Language>({
  get: () => i18n.global.locale.value as Language,
  set: (value) => {
    i18n.global.locale.value = value
    localStorage.setItem(place, value)
  },
})

/** Of a person whose language the gateway knows, unless this browser was told otherwise. */
export function preferLanguage(value: Language | null): void {
  if (value !== null && localStorage.getItem(place) === null) i18n.global.locale.value = value
}

watchEffect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
})

export const t = i18n.global.t

/** Of a text that the gateway gives in both languages. */
export function inLanguage(text: { zh: string; en: string }): string {
  return language.value === 'zh' ? text.zh : text.en
}
