// libas2 as the partner over HTTP, both ways: it takes what our channel posts, and brings its own to our door.
//
//   node partner_test.js AS2_CHANNEL WORK     ends with 77 where the package cannot be had
const assert = require('assert')
const { execFile, execFileSync, spawn } = require('child_process')
const fs = require('fs')
const http = require('http')
const path = require('path')
const { packageIn, agreement: agreementOf, inBase64 } = require('../../../../codecs/as2/libas2/libas2')

const [program, work] = process.argv.slice(2).map(argument => path.resolve(argument))
const { AS2Composer, AS2Parser } = packageIn(path.join(work, 'package'))
const folder = fs.mkdtempSync(path.join(work, 'run-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true }))

const at = name => path.join(folder, name)
const pem = (party, kind) => fs.readFileSync(at(`${party}.${kind}.pem`), 'utf8')
const agreement = (host, partner, protection) => agreementOf(pem, host, partner, protection)
const listening = server => new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))

// Head and body as they stand in a file: lines that are folded are made one.
function split (file) {
  const text = file.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const headers = {}
  for (const line of text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim()
  }
  return { headers, body: Buffer.from(text.slice(end + 4), 'latin1') }
}

// What was posted, as a file.
async function fileOf (request) {
  const parts = []
  for await (const part of request) parts.push(part)
  let head = ''
  for (let i = 0; i < request.rawHeaders.length; i += 2) head += `${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\r\n`
  return head + '\r\n' + Buffer.concat(parts).toString('latin1')
}

async function libas2Receives (protection) {
  const payload = '<DxpMsg>\r\norder\r\n</DxpMsg>'
  fs.writeFileSync(at('sent'), payload)
  let taken
  const server = http.createServer(async (request, response) => {
    try {
      const file = await fileOf(request)
      const message = await AS2Parser.parse(protection.cipher === 'none' ? Buffer.from(file, 'latin1') : inBase64(file))
      const answer = await message.dispositionOut({ agreement: agreement('customs', 'shop', protection) })
      taken = answer.contentNode.content.toString('utf8').trim()
      const mdn = split(await answer.dispositionNode.build())
      response.writeHead(200, mdn.headers)
      response.end(mdn.body)
    } catch (error) {
      response.writeHead(500)
      response.end(String(error.stack))
    }
  })
  const port = await listening(server)
  const said = await new Promise((resolve, reject) => {
    const words = ['send', folder, `http://127.0.0.1:${port}/as2`, at('sent'), protection.digest, protection.cipher]
    execFile(program, words, (error, output) => error ? reject(error) : resolve(output))
  })
  server.close()
  assert.strictEqual(said.split('\n')[0], 'confirmed', said)
  assert.strictEqual(taken, payload)
}

async function freePort () {
  const server = http.createServer()
  const port = await listening(server)
  await new Promise(resolve => server.close(resolve))
  return port
}

function post (port, file) {
  const { headers, body } = split(file)
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/as2', method: 'POST', headers: { ...headers, 'Content-Length': body.length } }
    const request = http.request(options, async response => resolve({ status: response.statusCode, file: await fileOf(response) }))
    request.on('error', reject)
    request.end(body)
  })
}

async function libas2Sends (protection) {
  const payload = '<DxpMsg>\r\n回执\r\n</DxpMsg>'
  const port = await freePort()
  const gateway = spawn(program, ['receive', folder, String(port), at('kept'), protection.cipher], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise(resolve => gateway.on('exit', resolve))
  await new Promise(resolve => gateway.stdout.once('data', resolve))
  const composer = new AS2Composer({
    message: { filename: 'receipt.xml', contentType: 'application/xml', content: payload },
    agreement: agreement('customs', 'shop', protection)
  })
  const message = await composer.compile()
  const answer = await post(port, await message.build())
  assert.strictEqual(answer.status, 200, answer.file)
  assert.strictEqual(await ended, 0)
  assert.strictEqual(fs.readFileSync(at('kept'), 'utf8'), payload)
  const mdn = await (await AS2Parser.parse(Buffer.from(answer.file, 'latin1'))).dispositionIn({ cert: pem('shop', 'cert') })
  assert.strictEqual(mdn.notification.disposition.processed, true)
  assert.strictEqual(mdn.notification.originalMessageId, message.messageId())
}

async function main () {
  execFileSync(program, ['keys', folder])
  let failed = 0
  for (const digest of ['sha-1', 'sha-256']) {
    for (const cipher of ['none', 'aes256-CBC']) {
      for (const walk of [libas2Sends, libas2Receives]) {
        const name = `${walk.name} ${digest} ${cipher}`
        try {
          await walk({ digest, cipher })
          console.log('ok   ' + name)
        } catch (error) {
          failed += 1
          console.log(`FAIL ${name}: ${error.stack || error.message || JSON.stringify(error)}`)
        }
      }
    }
  }
  return failed
}

main().then(failed => { process.exitCode = failed === 0 ? 0 : 1 })
