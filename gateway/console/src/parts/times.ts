// Times as people read them: local, with the zone named.
import { language, t } from '@/words'

function locale(): string {
  return language.value === 'zh' ? 'zh-CN' : 'en-GB'
}

const zoneName = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'shortOffset' })

/** "GMT+8": of the moment, as zones change with the season. */
export function zoneOf(time: Date): string {
  return zoneName.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? ''
}

const digits = (value: number, length = 2) => String(value).padStart(length, '0')

export function dayOf(time: Date): string {
  return `${time.getFullYear()}-${digits(time.getMonth() + 1)}-${digits(time.getDate())}`
}

export function clockTime(time: Date): string {
  return `${digits(time.getHours())}:${digits(time.getMinutes())}:${digits(time.getSeconds())}`
}

export function wholeTime(time: Date): string {
  return `${dayOf(time)} ${clockTime(time)} ${zoneOf(time)}`
}

export function minuteOf(time: Date): string {
  return `${digits(time.getHours())}:${digits(time.getMinutes())}`
}

/** "2026-01-31T09:30", as a field for local times gives it, is that moment in the zone of the browser. */
export function momentOf(local: string): string | null {
  if (local === '') return null
  const time = new Date(local)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 60) return t('parts.seconds', { n: seconds })
  if (seconds < 3600) return t('parts.minutes', { n: Math.floor(seconds / 60) })
  if (seconds < 86_400) return t('parts.hours', { n: Math.floor(seconds / 3600) })
  return t('parts.days', { n: Math.floor(seconds / 86_400) })
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}
