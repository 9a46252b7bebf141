import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en'
import zh from './zh'

function keysOf(words: object, prefix = ''): Map<string, string> {
  const keys = new Map<string, string>()
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string') keys.set(prefix + name, value)
    else keysOf(value as object, `${prefix}${name}.`).forEach((text, key) => keys.set(key, text))
  }
  return keys
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return path.endsWith('words') ? [] : sources(path)
    return /\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
}

const zhKeys = keysOf(zh)
const enKeys = keysOf(en)
const program = sources('src').join('\n')
// t('a.b') names a key; t(`a.b.${…}`) all below a.b; a key may also stand as a whole in a table of the program.
const named = new Set([...program.matchAll(/['"`]([a-zA-Z]+(?:\.[\w-]+)+)['"`]/g)].map((match) => match[1]!))
const prefixes = [...program.matchAll(/`([a-zA-Z]+(?:\.[\w-]+)*\.)\$\{/g)].map((match) => match[1]!)
const placesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()

describe('the words of the console', () => {
  it('are the same keys in both languages', () => {
    expect([...enKeys.keys()].sort()).toEqual([...zhKeys.keys()].sort())
  })

  it('are nowhere empty, and have the same places in both', () => {
    for (const [key, text] of zhKeys) {
      expect(text.trim(), key).not.toBe('')
      expect(enKeys.get(key)!.trim(), key).not.toBe('')
      expect(placesIn(enKeys.get(key)!), key).toEqual(placesIn(text))
    }
  })

  it('are all used', () => {
    const unused = [...zhKeys.keys()].filter(
      (key) => !named.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })

  it('are there wherever the program asks for one', () => {
    const asked = [...program.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]!)
    expect(asked.filter((key) => !zhKeys.has(key))).toEqual([])
  })
})
