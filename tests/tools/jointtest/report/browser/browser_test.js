// The report of a joint test in a real browser, from a file and with the network off: nothing fails or is asked for, the
// chart is drawn, links lead somewhere, the language changes, nothing is wider than the screen, and it prints.
//
//   node browser_test.js WRITE_SAMPLE WORK     ends with 77 where Chromium or the package cannot be had
//
// The package, pinned by package-lock.json, is put into WORK/package once. Screenshots and the print stay in WORK.
const assert = require('assert')
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { pathToFileURL } = require('url')

const [program, work] = process.argv.slice(2).map(argument => path.resolve(argument))
const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }

function skip (why) {
  console.log('skipped: ' + why)
  process.exit(77)
}

function driver () {
  const folder = path.join(work, 'package')
  const module = path.join(folder, 'node_modules', 'playwright-core')
  if (!fs.existsSync(module)) {
    fs.mkdirSync(folder, { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(__dirname, file), path.join(folder, file))
    }
    try {
      const quiet = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
      execFileSync('npm', quiet, { cwd: folder, stdio: 'pipe', timeout: 120000 })
    } catch (error) {
      skip('npm cannot get playwright-core: ' + error.message)
    }
  }
  return require(module).chromium
}

// A page of the report; what went wrong in it is in `troubles`.
async function opened (browser, name, size) {
  const context = await browser.newContext({ viewport: size, offline: true })
  const page = await context.newPage()
  const address = pathToFileURL(path.join(work, 'reports', name, 'report.html')).href
  const troubles = []
  page.on('console', message => troubles.push(`console: ${message.text()}`))
  page.on('pageerror', error => troubles.push(`error: ${error.message}`))
  page.on('request', request => { if (request.url() !== address) troubles.push(`request: ${request.url()}`) })
  await page.goto(address)
  return { page, troubles, close: () => context.close() }
}

async function overflow (page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

const checks = {
  async 'the chart is drawn to its figures' ({ page }) {
    const bars = await page.$$eval('svg.chart .bar', all => all.map(bar => {
      const box = bar.getBoundingClientRect()
      return { type: bar.parentNode.querySelector('.name').textContent, width: box.width, height: box.height, fill: getComputedStyle(bar).fill }
    }))
    assert.ok(bars.length >= 30, `${bars.length} bars`)
    for (const bar of bars) {
      assert.ok(bar.width > 0 && bar.height > 0, JSON.stringify(bar))
      assert.notStrictEqual(bar.fill, 'rgb(0, 0, 0)', 'the style does not reach the drawing')
    }
    assert.strictEqual(new Set(bars.map(bar => bar.fill)).size, 3)
    for (let i = 0; i < bars.length; i += 3) {
      assert.ok(bars[i].width < bars[i + 1].width && bars[i + 1].width < bars[i + 2].width, `${bars[i].type}: sent, receipt, settled`)
    }
    const told = await page.$eval('svg.chart', chart => chart.getAttribute('aria-labelledby').split(' ').map(id => chart.querySelector('#' + id).textContent))
    assert.match(told[0], /答复时间 Answer times/)
    assert.match(told[1], /进口订单：已发送 \d+ ms.*Import order: sent after \d+ ms/s)
    const types = new Set(bars.map(bar => bar.type))
    assert.strictEqual(await page.locator('table.times tbody').count(), types.size)
  },

  async 'every text of the chart lies inside it, and none on another' ({ page }) {
    for (const language of ['show-zh', 'show-en']) {
      await page.locator(`label[for="${language}"]`).click()
      const clashes = await page.$eval('svg.chart', chart => {
        const frame = chart.getBoundingClientRect()
        const shown = [...chart.querySelectorAll('text')].filter(text => text.getClientRects().length > 0)
        const boxes = shown.map(text => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }))
        const outside = boxes.filter(box => box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
        const labels = boxes.filter(box => shown[boxes.indexOf(box)].classList.contains('title'))
        const bars = [...chart.querySelectorAll('.bar')].map(bar => bar.getBoundingClientRect())
        const onBars = labels.filter(label => bars.some(bar => label.right > bar.left && label.top < bar.bottom && label.bottom > bar.top))
        return [...outside, ...onBars].map(box => box.text)
      })
      assert.deepStrictEqual(clashes, [])
    }
    await page.locator('label[for="show-zh"]').click()
  },

  async 'every link leads to its place on the page' ({ page }) {
    const links = await page.$$eval('a', all => all.map(link => link.getAttribute('href')))
    assert.ok(links.length > 25, `${links.length} links`)
    for (const link of links) assert.match(link, /^#[a-z0-9-]+$/)
    const lost = await page.$$eval('a', all => all.map(link => link.hash.slice(1)).filter(id => !document.getElementById(id)))
    assert.deepStrictEqual(lost, [])
    const twice = await page.$$eval('[id]', all => all.map(one => one.id).filter((id, at, ids) => ids.indexOf(id) !== at))
    assert.deepStrictEqual(twice, [])
    await page.locator('table.open-points a').first().click()
    const top = await page.evaluate(() => document.querySelector(':target').getBoundingClientRect().top)
    assert.ok(Math.abs(top) < 5, `the target is at ${top}`)
  },

  async 'one language is shown at a time, Chinese first, and the keyboard changes it' ({ page }) {
    const shown = language => page.$$eval(`main [lang="${language}"]`, all => all.filter(one => one.getClientRects().length > 0 || getComputedStyle(one).display !== 'none').length)
    assert.ok(await shown('zh-CN') > 100)
    assert.strictEqual(await shown('en'), 0)
    assert.strictEqual(await page.getAttribute('html', 'lang'), 'zh-CN')
    await page.locator('#show-zh').focus()
    await page.keyboard.press('ArrowRight')
    assert.strictEqual(await shown('zh-CN'), 0)
    assert.ok(await shown('en') > 100)
    assert.strictEqual(await page.getAttribute('html', 'lang'), 'en')
    assert.match(await page.locator('h1').innerText(), /^Joint Debugging Test Report$/)
    await page.keyboard.press('ArrowLeft')
    assert.match(await page.locator('h1').innerText(), /^接口联调测试报告$/)
  },

  async 'texts are closed at first, and all open and close at once' ({ page }) {
    const open = () => page.$$eval('details.text', all => [all.length, all.filter(one => one.open).length])
    const [all, none] = await open()
    assert.ok(all > 100)
    assert.strictEqual(none, 0)
    await page.locator('#open-all').click()
    assert.deepStrictEqual(await open(), [all, all])
    assert.strictEqual(await overflow(page), 0)
    await page.locator('#close-all').click()
    assert.deepStrictEqual(await open(), [all, 0])
  },

  async 'headings go down step by step and every table says what its cells are' ({ page }) {
    const levels = await page.$$eval('h1, h2, h3, h4', all => all.map(one => Number(one.tagName[1])))
    assert.strictEqual(levels.filter(level => level === 1).length, 1)
    levels.reduce((above, level) => { assert.ok(level <= above + 1, `h${level} after h${above}`); return level })
    const bare = await page.$$eval('table', all => all.filter(table => !table.caption || !table.querySelector('thead th[scope="col"]') ||
      [...table.tBodies].some(body => [...body.rows].some(row => !row.querySelector('th[scope]')))).map(table => table.className))
    assert.deepStrictEqual(bare, [])
  },

  async 'colours have the contrast that WCAG 2.1 AA asks for' ({ page }) {
    const poor = await page.evaluate(() => {
      const channels = colour => colour.match(/[\d.]+/g).map(Number)
      const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        return 0.2126 * x + 0.7152 * y + 0.0722 * z
      }
      const ground = element => {
        for (let at = element; at; at = at.parentElement) {
          const [r, g, b, alpha = 1] = channels(getComputedStyle(at).backgroundColor)
          if (alpha === 1) return [r, g, b]
        }
        return [255, 255, 255]
      }
      const poor = new Set()
      for (const element of document.querySelectorAll('body *')) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || element.closest('svg, script, .unseen')) continue
        if (element.getClientRects().length === 0) continue
        const [one, other] = [light(channels(getComputedStyle(element).color)), light(ground(element))].sort((a, b) => b - a)
        if ((one + 0.05) / (other + 0.05) < 4.5) poor.add(`${element.tagName}.${element.className}: ${element.textContent.slice(0, 20)}`)
      }
      return [...poor]
    })
    assert.deepStrictEqual(poor, [])
  },

  async 'it prints, with more pages where texts are open' ({ page }) {
    const pages = async name => {
      const file = path.join(work, `${name}.pdf`)
      await page.pdf({ path: file, preferCSSPageSize: true })
      const print = fs.readFileSync(file, 'latin1')
      assert.ok(print.startsWith('%PDF-'))
      assert.match(print, /\/MediaBox \[0 0 59[45][.\d]* 84[12]/, 'not A4')
      return print.match(/\/Type \/Page\b(?!s)/g).length
    }
    const closed = await pages('closed')
    assert.ok(closed > 3, `${closed} pages`)
    await page.locator('#open-all').click()
    const open = await pages('open')
    assert.ok(open > closed, `${open} pages with texts, ${closed} without`)
    await page.locator('#close-all').click()
  }
}

async function checkFull (browser) {
  const report = await opened(browser, 'full', sizes.wide)
  for (const [name, check] of Object.entries(checks)) {
    await check(report)
    console.log('good: ' + name)
  }
  assert.deepStrictEqual(report.troubles, [])
  await report.close()
}

// Whatever the run, whatever the width.
async function checkWidths (browser) {
  for (const name of ['full', 'shown', 'hostile', 'empty']) {
    for (const [width, size] of Object.entries(sizes)) {
      const { page, troubles, close } = await opened(browser, name, size)
      for (const language of ['show-zh', 'show-en']) {
        await page.locator(`label[for="${language}"]`).click()
        assert.strictEqual(await overflow(page), 0, `${name}, ${width}, ${language}`)
        await page.screenshot({ path: path.join(work, `${name}-${width}-${language}.png`) })
      }
      assert.deepStrictEqual(troubles, [], `${name}, ${width}`)
      await close()
    }
  }
  console.log('good: nothing is wider than the screen')
}

// Texts of messages stay texts, and what they look like is what was sent.
async function checkHostile (browser) {
  const { page, troubles, close } = await opened(browser, 'hostile', sizes.wide)
  assert.strictEqual(await page.evaluate(() => window.broken), undefined)
  assert.strictEqual(await page.locator('script').count(), 1)
  assert.strictEqual(await page.locator('img').count(), 0)
  const told = await page.locator('details.text pre').first().evaluate(pre => pre.textContent)
  assert.ok(told.startsWith('</pre></details><script>window.broken=1</script><img src=x onerror=window.broken=1>"\'>&amp;]]>␁␛[2J'), told)
  const policy = await page.getAttribute('meta[http-equiv="Content-Security-Policy"]', 'content')
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/)
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.broken = 1'
    document.body.append(script)
    return window.broken
  })
  assert.strictEqual(ran, undefined, 'the policy lets a foreign script run')
  assert.ok(troubles.every(trouble => /Content Security Policy/.test(trouble)), troubles.join('\n'))
  await close()
  console.log('good: texts stay texts, and a foreign script does not run')
}

async function main () {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file => fs.existsSync(file))
  if (!executablePath) skip('chromium is not installed')
  const chromium = driver()
  fs.rmSync(path.join(work, 'reports'), { recursive: true, force: true })
  execFileSync(program, [path.join(work, 'reports')])
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  try {
    await checkFull(browser)
    await checkWidths(browser)
    await checkHostile(browser)
  } finally {
    await browser.close()
  }
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
