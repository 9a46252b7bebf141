// libas2's own figure beside that of as2_bench: messages a second that it composes, signs, encrypts, opens and receipts,
// both ends in one process and without a network.
//
//   taskset -c 0 node --security-revert=CVE-2023-46809 libas2_bench.js PACKAGE KEYS     (of the tests of codecs/as2/libas2)
const fs = require('fs')
const path = require('path')
const { packageIn, agreement: agreementOf } = require('../../codecs/as2/libas2/libas2')

const [folder, keys] = process.argv.slice(2).map(argument => path.resolve(argument))
const { AS2Composer, AS2Parser } = packageIn(folder)
const pem = (party, kind) => fs.readFileSync(path.join(keys, `${party}.${kind}.pem`), 'utf8')
const protection = { digest: 'sha-256', cipher: 'aes256-CBC' }
const count = 200

async function oneMessage () {
  const composer = new AS2Composer({
    message: { filename: 'order.xml', contentType: 'application/xml', content: 'x'.repeat(8192) },
    agreement: agreementOf(pem, 'shop', 'customs', protection)
  })
  const message = await AS2Parser.parse(await (await composer.compile()).build())
  const answer = await message.dispositionOut({ agreement: agreementOf(pem, 'customs', 'shop', protection) })
  const mdn = await AS2Parser.parse(await answer.dispositionNode.build())
  await mdn.dispositionIn({})
}

async function main () {
  const begun = process.hrtime.bigint()
  for (let i = 0; i < count; ++i) await oneMessage()
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  console.log(`libas2 ${(count / seconds).toFixed(0)}/s`)
}

main().catch(error => { console.error(error); process.exitCode = 1 })
