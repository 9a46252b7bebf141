// The package libas2, and what its tests share. Ends with 77 where the package cannot be had.
//
// It is pinned by package-lock.json and put into the folder once.
const { execFileSync } = require('child_process')
const fs = require('fs')
const path = require('path')

function packageIn (folder) {
  const module = path.join(folder, 'node_modules', 'libas2')
  if (!fs.existsSync(module)) {
    fs.mkdirSync(folder, { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(__dirname, file), path.join(folder, file))
    }
    try {
      const quiet = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
      execFileSync('npm', quiet, { cwd: folder, stdio: 'pipe', timeout: 120000 })
    } catch (error) {
      console.log('skipped: npm cannot get libas2: ' + error.message)
      process.exit(77)
    }
  }
  return require(module)
}

// What libas2 has to know to be `host` and to speak with `partner`; `pem` gives the key and the certificate of a party.
function agreement (pem, host, partner, protection) {
  return {
    host: {
      name: host,
      id: host,
      url: 'http://host.example/as2',
      certificate: pem(host, 'cert'),
      privateKey: pem(host, 'key'),
      decrypt: protection.cipher !== 'none',
      sign: protection.digest !== 'none' && protection.digest,
      mdn: { async: false, signing: 'sha-256' }
    },
    partner: {
      name: partner,
      id: partner,
      url: 'http://partner.example/as2',
      file: 'XML',
      certificate: pem(partner, 'cert'),
      encrypt: protection.cipher !== 'none' && protection.cipher,
      verify: protection.digest !== 'none',
      mdn: { async: false, signing: false }
    }
  }
}

// libas2 reads every body as text, so it gets what is encrypted in Base64.
function inBase64 (message) {
  const end = message.indexOf('\r\n\r\n') + 4
  const head = message.slice(0, end).replace('Encoding: binary', 'Encoding: base64')
  return Buffer.from(head + Buffer.from(message.slice(end), 'latin1').toString('base64'))
}

module.exports = { packageIn, agreement, inBase64 }
