// The console in a real browser, against the real gateway and the platform simulator.
//
//   node run.mjs BIN OUT [NAME…]       every NAME.cases.mjs beside it, or those named; OUT is for screenshots
//   node run.mjs BIN OUT share K N     the K-th of N shares of them
//
// One process, so that the cases share one gateway and one browser.
import { existsSync, readdirSync } from 'node:fs'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

const folder = path.dirname(fileURLToPath(import.meta.url))
const [bin, out, ...names] = process.argv.slice(2)
if (!bin || !out) {
  console.error('usage: node run.mjs BIN OUT [NAME…]')
  process.exit(2)
}
if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) {
  console.log('skipped: Chromium is not installed: apt-get install chromium')
  process.exit(77)
}

const { end } = await import('./harness.mjs')
const suffix = '.cases.mjs'
const all = readdirSync(folder)
  .filter((name) => name.endsWith(suffix))
  .map((name) => name.slice(0, -suffix.length))
  .sort()
const [, share, shares] = names[0] === 'share' ? names : []
const chosen = shares ? all.filter((_, index) => index % Number(shares) === Number(share) - 1) : names
for (const name of chosen.length > 0 ? chosen : all) await import(`./${name}${suffix}`)
after(end)
