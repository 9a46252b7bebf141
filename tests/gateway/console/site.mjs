// Gateway and platform simulator as programs of their own, in a scratch folder on free ports, with invented enterprises.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const shop = '4601960001'
export const carrier = '4601960003'
export const payer = '4601960002'
const roles = { [shop]: '"ecommerce", "platform"', [payer]: '"payment"', [carrier]: '"logistics"' }
// What customs says of an order whose number has this in it, in place of a text that customs would write.
export const hostileWords = '<img src=x onerror=alert(1)><script>alert(2)</script>'
export const saidHostile = 'HOSTILE'
const dxpId = (code) => `DXPENT000000000${code.at(-1)}`

const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))

class Program {
  static async start(command, args, folder) {
    const program = new Program()
    program.log = ''
    program.child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(program.child)
    program.child.once('exit', () => running.delete(program.child))
    program.ended = new Promise((resolve) => program.child.once('exit', resolve))
    program.child.stderr.on('data', (part) => (program.log = (program.log + part).slice(-100_000)))
    program.url = await new Promise((resolve, reject) => {
      let text = ''
      program.child.stdout.on('data', (part) => {
        text += part
        const line = /^listening on (\S+)$/m.exec(text)
        if (line) resolve(line[1])
      })
      program.child.once('error', reject)
      program.child.once('exit', (code) => reject(new Error(`${command} ended with ${code}: ${program.log}`)))
    })
    return program
  }

  async stop(signal = 'SIGTERM') {
    this.child.kill(signal)
    await this.ended
  }
}

export class Site {
  /** Starts simulator and gateway; `settings` is more TOML for the gateway. */
  static async begin(root, bin, settings = '') {
    const site = new Site()
    Object.assign(site, { bin, settings, folder: await mkdtemp(path.join(tmpdir(), 'cebgate-console-')) })
    site.states = new Map() // of the browser, by user
    site.tokens = Object.fromEntries(
      [...Object.keys(roles), 'desk'].map((name) => [name, randomBytes(16).toString('hex')]),
    )
    await run(path.join(root, 'tools/make_test_keys.sh'), [path.join(site.folder, 'keys'), ...Object.keys(roles)])
    const scenario = path.join(site.folder, 'scenario.tsv')
    await writeFile(scenario, `CEB311Message/*${saidHostile}*\t100\t[Code:1300;Desc:${hostileWords}]\n`)
    const enterprises = Object.keys(roles).flatMap((code) => ['--enterprise', `${code}:${dxpId(code)}`])
    site.platform = await Program.start(
      path.join(bin, 'cebgate-platform'),
      [
        '--listen',
        '127.0.0.1:0',
        '--trust',
        path.join(site.folder, 'keys/ca.cert.pem'),
        '--pace',
        '0.05',
        '--scenario',
        scenario,
        ...enterprises,
      ],
      site.folder,
    )
    await site.startGateway('127.0.0.1:0')
    return site
  }

  async startGateway(listen) {
    await writeFile(this.config, this.toml(listen))
    this.gateway = await Program.start(path.join(this.bin, 'cebgate'), ['serve', '--config', this.config], this.folder)
    this.url = this.gateway.url
  }

  get config() {
    return path.join(this.folder, 'cebgate.toml')
  }

  toml(listen) {
    const client = (name, role, enterprises) =>
      `[[client]]\nname = "${name}"\nrole = "${role}"\nenterprises = [${enterprises}]\n` +
      `token_sha256 = "${createHash('sha256').update(this.tokens[name]).digest('hex')}"\n`
    const enterprise = (code) =>
      `[[enterprise]]\ncode = "${code}"\nname = "示例企业${code.at(-1)}"\nroles = [${roles[code]}]\n` +
      `dxp_id = "${dxpId(code)}"\nport = "hainan"\n` +
      `key = "file:keys/${code}.key.pem"\ncertificate = "file:keys/${code}.cert.pem"\n`
    return [
      `[server]\nlisten = "${listen}"\n`,
      '[ledger]\nurl = "sqlite:ledger.db"\n',
      `[[port]]\nname = "hainan"\nprofile = "hainan-http"\nurl = "${this.platform.url}"\npoll_interval = "100ms"\n`,
      ...Object.keys(roles).flatMap((code) => [enterprise(code), client(code, 'submitter', `"${code}"`)]),
      client('desk', 'operator', '"*"'),
      this.settings,
    ].join('\n')
  }

  console(where = '/') {
    return `${this.url}/console${where}`
  }

  /** Ends the gateway as a power cut does, and starts it again at its address, after `meanwhile`. */
  async restartGateway(meanwhile = async () => {}) {
    await this.gateway.stop('SIGKILL')
    await meanwhile()
    await this.startGateway(new URL(this.url).host)
  }

  /** `cebgate user …`, as whoever keeps the machine does; what it prints. */
  async user(...args) {
    const [command, ...rest] = args
    const { stdout } = await run(path.join(this.bin, 'cebgate'), [
      'user',
      command,
      '--config',
      this.config,
      '--lang',
      'en',
      ...rest,
    ])
    return stdout
  }

  async addUser(name, role, secret) {
    const file = path.join(this.folder, `password-${name}`)
    await writeFile(file, secret, { mode: 0o600 })
    await this.user('add', name, '--role', role, '--enterprise', '*', '--password-file', file)
  }

  /** What a browser keeps of a user who signed in, made once. */
  async signedIn(user, make) {
    if (!this.states.has(user)) this.states.set(user, make())
    return this.states.get(user)
  }

  async call(method, target, { as = 'desk', body } = {}) {
    const response = await fetch(this.url + target, {
      method,
      headers: { Authorization: `Bearer ${this.tokens[as]}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    assert.ok(response.ok, `${method} ${target}: ${response.status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }

  /** Posts as that enterprise's ERP; the first answer. */
  async post(posted) {
    return (await this.call('POST', '/v1/documents', { as: posted.enterprise, body: posted }))[0]
  }

  async end() {
    await this.gateway.stop()
    await this.platform.stop()
    await rm(this.folder, { recursive: true, force: true })
  }
}
