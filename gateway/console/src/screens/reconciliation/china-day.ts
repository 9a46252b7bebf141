// Days as customs counts them: they begin at midnight in China, wherever the browser is.
const chinaMilliseconds = 8 * 3_600_000
const dayMilliseconds = 24 * 3_600_000

export function chinaDayOf(time: Date): string {
  return new Date(time.getTime() + chinaMilliseconds).toISOString().slice(0, 10)
}

export function dayBeside(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10)
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

/** The first and the last minute of a day, as fields for local times have them. */
export function localBounds(day: string): { since: string; until: string } {
  const begin = Date.parse(`${day}T00:00:00+08:00`)
  return { since: localMinute(new Date(begin)), until: localMinute(new Date(begin + dayMilliseconds)) }
}

function localMinute(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
