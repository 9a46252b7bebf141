// How many messages a second libas2 signs and encrypts, opens and answers, both ends in one process: beside as2_bench.
// By hand: taskset -c 0 node libas2_rate.js build/release/tests/as2_files /tmp/libas2
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')
const { packageIn, agreement } = require('../../codecs/as2/libas2/libas2')

const [program, work] = process.argv.slice(2).map(argument => path.resolve(argument))
const { AS2Composer, AS2Parser } = packageIn(path.join(work, 'package'))
const count = 300
const protection = { digest: 'sha-256', cipher: 'aes256-CBC' }
const pem = (party, kind) => fs.readFileSync(path.join(work, `${party}.${kind}.pem`), 'utf8')

async function exchange (content) {
  const composer = new AS2Composer({
    message: { filename: 'order.xml', contentType: 'application/xml', content },
    agreement: agreement(pem, 'shop', 'customs', protection)
  })
  const text = await (await composer.compile()).build()
  const message = await AS2Parser.parse(text)
  const answer = await message.dispositionOut({ agreement: agreement(pem, 'customs', 'shop', protection) })
  const mdn = await AS2Parser.parse(await answer.dispositionNode.build())
  if (!(await mdn.dispositionIn()).notification.disposition.processed) throw new Error('not processed')
}

async function main () {
  execFileSync(program, ['keys', work])
  const content = 'x'.repeat(8192)
  await exchange(content)
  const begun = process.hrtime.bigint()
  for (let i = 0; i < count; ++i) await exchange(content)
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9
  console.log(`libas2: ${(count / seconds).toFixed(0)}/s`)
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
