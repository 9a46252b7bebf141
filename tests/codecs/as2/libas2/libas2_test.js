// Messages and receipts both ways with libas2, an AS2 implementation in JavaScript that shares no code of ours.
//
//   node libas2_test.js AS2_FILES WORK     ends with 77 where the package cannot be had
//
// The package, pinned by package-lock.json, is put into WORK/package once.
const assert = require('assert')
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { packageIn, agreement: agreementOf, inBase64 } = require('./libas2')

const [program, work] = process.argv.slice(2).map(argument => path.resolve(argument))
const { AS2Composer, AS2Parser } = packageIn(path.join(work, 'package'))
const folder = fs.mkdtempSync(path.join(work, 'run-'))
process.on('exit', () => fs.rmSync(folder, { recursive: true }))

const at = name => path.join(folder, name)
const ours = (...words) => execFileSync(program, [words[0], folder, ...words.slice(1)], { encoding: 'utf8' }).trim()
const pem = (party, kind) => fs.readFileSync(at(`${party}.${kind}.pem`), 'utf8')

const agreement = (host, partner, protection) => agreementOf(pem, host, partner, protection)

// libas2 sends; we open the message and answer; libas2 reads our receipt.
async function libas2Sends (protection) {
  const payload = '<DxpMsg>\r\n订单\r\n</DxpMsg>'
  const composer = new AS2Composer({
    message: { filename: 'order.xml', contentType: 'application/xml', content: payload },
    agreement: agreement('shop', 'customs', protection)
  })
  const message = await composer.compile()
  fs.writeFileSync(at('message'), await message.build())
  const mic = ours('open', at('message'), at('payload'), at('mdn'))
  assert.strictEqual(fs.readFileSync(at('payload'), 'utf8'), payload)
  const answer = await AS2Parser.parse(fs.readFileSync(at('mdn')))
  const mdn = await answer.dispositionIn({ cert: pem('customs', 'cert') })
  assert.strictEqual(mdn.notification.disposition.processed, true)
  assert.strictEqual(mdn.notification.originalMessageId, message.messageId())
  const told = mdn.notification.receivedContentMic
  assert.strictEqual(`${told.mic}, ${told.algorithm}`, mic)
}

// We send; libas2 opens the message and answers; we judge its receipt. The payload is ASCII since libas2 reads it as
// text; the receipt plain since the signatures of its receipts fit only without the line end before the delimiter: the
// `openssl cms` program refuses them too.
async function libas2Receives (protection) {
  const payload = '<DxpMsg>\r\norder\r\n</DxpMsg>'
  fs.writeFileSync(at('sent'), payload)
  const mic = ours('make', at('sent'), `${protection.digest},${protection.cipher}`, at('message'))
  const file = protection.cipher === 'none' ? fs.readFileSync(at('message')) : inBase64(fs.readFileSync(at('message'), 'latin1'))
  const message = await AS2Parser.parse(file)
  const answer = await message.dispositionOut({ agreement: agreement('customs', 'shop', protection) })
  assert.strictEqual(answer.contentNode.content.toString('utf8').trim(), payload)
  fs.writeFileSync(at('mdn'), await answer.dispositionNode.build())
  assert.strictEqual(ours('check', at('mdn'), mic), 'good')
}

async function main () {
  ours('keys')
  let failed = 0
  for (const digest of ['sha-1', 'sha-256', 'sha-512', 'none']) {
    for (const cipher of ['none', 'aes128-CBC', 'aes256-CBC']) {
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
