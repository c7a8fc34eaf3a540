import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiDocument } from '#lib/http/openapi/document'

// `node scripts/client-types.mjs` writes the types of `clients/typescript` from the OpenAPI document. A test fails while
// they are not those of the document.

export const clientTypesPath = join(import.meta.dirname, '../clients/typescript/api-types.ts')

/** The types of every schema and every request of the API, as TypeScript. */
export function clientTypes() {
  const { components, paths } = openApiDocument('en', { base: '' })
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `${commentOf(schema)}export type ${name} = ${typeOf(schema)}`,
  )
  const operations = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => operationOf(path, method, one)),
  )
  return [
    '// Written by `scripts/client-types.mjs` from the OpenAPI document. Change the schemas in `lib/contract/api` instead.',
    ...schemas,
    `/** Every request by its name: what it takes and what it answers. */\nexport interface Operations {\n${operations.join('\n')}\n}\n`,
  ].join('\n\n')
}

function operationOf(path, method, { operationId, summary, requestBody, responses }) {
  const body = requestBody && contentOf(requestBody)
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? []
  const answer = success && contentOf(success)
  return [
    `  /** ${summary} */`,
    `  ${operationId}: {`,
    `    method: '${method.toUpperCase()}'`,
    `    path: '${path}'`,
    `    body: ${body ? typeOf(body, '    ') : 'undefined'}`,
    `    answer: ${answer ? typeOf(answer, '    ') : 'undefined'}`,
    '  }',
  ].join('\n')
}

/** The schema of JSON; bytes and text have none. */
function contentOf({ content = {} }) {
  return content['application/json']?.schema
}

function typeOf(schema, indent = '') {
  if (schema.$ref) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.enum) return schema.enum.map((one) => quoted(one)).join(' | ')
  if (schema.const !== undefined) return quoted(schema.const)
  const forms = schema.anyOf ?? schema.oneOf
  if (forms) return [...new Set(forms.map((one) => typeOf(one, indent)))].join(' | ')
  if (schema.type === 'array') return `${bracketed(typeOf(schema.items ?? {}, indent))}[]`
  if (schema.properties) return objectOf(schema, indent)
  const { additionalProperties: each } = schema
  if (each?.type) return `Record<string, ${typeOf(each, indent)}>`
  return [schema.type ?? 'unknown'].flat().map(plainOf).join(' | ')
}

/** Forms beside each other, which `[]` would only be of the last. */
function bracketed(type) {
  return / \| (?![^{]*\})/.test(type) ? `(${type})` : type
}

function objectOf({ properties, required = [], additionalProperties }, indent) {
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? '' : '?'
    return `${commentOf(schema, inner)}${inner}${nameOf(name)}${mark}: ${typeOf(schema, inner)}`
  })
  const isOpen = typeof additionalProperties === 'object'
  if (isOpen) lines.push(`${inner}[name: string]: unknown`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

function plainOf(type) {
  if (type === 'integer') return 'number'
  return type === 'object' ? 'Record<string, unknown>' : type
}

function quoted(value) {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value)
}

function nameOf(name) {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`
}

function commentOf({ description }, indent = '') {
  return description ? `${indent}/** ${description} */\n` : ''
}

if (process.argv[1] === import.meta.filename) writeFileSync(clientTypesPath, clientTypes())
