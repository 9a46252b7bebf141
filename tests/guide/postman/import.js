// node import.js OPENAPI COLLECTION: judges the description by the official schema, and converts it as Postman's import does with the
// settings of the guide. Run in the folder of the packages; exit status 1 with the reason where either fails.
const fs = require('fs')
const { createRequire } = require('module')
const path = require('path')

const here = createRequire(path.join(process.cwd(), 'package.json'))
const settings = { parametersResolution: 'Example', enableOptionalParameters: false }

async function main (openapi, collection) {
  const description = () => JSON.parse(fs.readFileSync(openapi, 'utf8')) // the validator writes into what it judges
  const { Validator } = await import(here.resolve('@seriousme/openapi-schema-validator'))
  const validator = new Validator()
  for (const [, type] of JSON.stringify(description()).matchAll(/"\$ref":"(\/v1\/catalog\/\w+\/schema\.json)"/g)) {
    await validator.addSpecRef({ type: 'object' }, type) // served at its own address, and judged in conformance/json_schema
  }
  const verdict = await validator.validate(description())
  if (!verdict.valid) throw new Error('not OpenAPI: ' + JSON.stringify(verdict.errors, null, 1))
  here('openapi-to-postmanv2').convertV2({ type: 'json', data: description() }, settings, (error, made) => {
    if (error || !made.result) throw error || new Error(made.reason)
    fs.writeFileSync(collection, JSON.stringify(made.output[0].data))
  })
}

main(process.argv[2], process.argv[3]).catch(error => {
  console.error(String(error))
  process.exit(1)
})
