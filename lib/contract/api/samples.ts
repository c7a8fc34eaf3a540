import type { ReferenceOperation } from './reference.ts'

/** What a request is written in. */
export const sampleLanguages = ['curl', 'fetch', 'Python'] as const
export type SampleLanguage = (typeof sampleLanguages)[number]

interface Sample {
  method: string
  url: string
  headers: [name: string, value: string][]
  /** JSON, or bytes of a file. */
  body: { json: unknown } | { file: string; type: string } | undefined
}

/** One request as a program, with a key in `KEY`. `server` is the address of the API. */
export function sampleOf(
  language: SampleLanguage,
  operation: ReferenceOperation,
  server: string,
): string {
  const sample = requestOf(operation, server)
  if (language === 'curl') return curl(sample)
  return language === 'fetch' ? javaScript(sample) : python(sample)
}

function requestOf({ method, path, parameters, body }: ReferenceOperation, server: string): Sample {
  const exampleOf = (name: string) => {
    const found = parameters.find((one) => one.name === name)
    return found?.example ?? found?.schema?.example ?? name
  }
  const url = server + path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => exampleOf(name))
  const headers: Sample['headers'] = parameters
    .filter((one) => one.in === 'header' && (one.example ?? one.schema?.example) !== undefined)
    .map(({ name }) => [name, exampleOf(name)])
  if (!body) return { method, url, headers, body: undefined }
  if (body.example !== undefined) return { method, url, headers, body: { json: body.example } }
  return { method, url, headers, body: { file: 'image.png', type: body.type } }
}

function curl({ method, url, headers, body }: Sample) {
  const isPlain = method === 'GET' || (method === 'POST' && body !== undefined)
  const lines = [
    `curl ${isPlain ? '' : `-X ${method} `}${url}`,
    `-H "Authorization: Bearer $KEY"`,
    ...headers.map(([name, value]) => `-H '${name}: ${value}'`),
  ]
  if (body && 'json' in body)
    lines.push(
      `-H 'Content-Type: application/json'`,
      `-d '${JSON.stringify(body.json).replaceAll("'", String.raw`'\''`)}'`,
    )
  if (body && 'file' in body)
    lines.push(`-H 'Content-Type: ${body.type}'`, `--data-binary @${body.file}`)
  return lines.join(' \\\n  ')
}

function javaScript({ method, url, headers, body }: Sample) {
  const type = body && ('json' in body ? 'application/json' : body.type)
  const all = [...headers, ...(type ? [['Content-Type', type] as const] : [])]
  const lines = [
    `const answer = await fetch('${url}', {`,
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    '  headers: {',
    '    Authorization: `Bearer ${process.env.KEY}`,',
    ...all.map(([name, value]) => `    '${name}': '${value}',`),
    '  },',
  ]
  if (body && 'json' in body)
    lines.push(`  body: JSON.stringify(${indented(JSON.stringify(body.json, null, 2), '  ')}),`)
  if (body && 'file' in body) lines.push(`  body: await readFile('${body.file}'),`)
  const start = body && 'file' in body ? ["import { readFile } from 'node:fs/promises'", ''] : []
  return [...start, ...lines, '})'].join('\n')
}

function python({ method, url, headers, body }: Sample) {
  const type = body && 'file' in body ? [['Content-Type', body.type] as const] : []
  const lines = [
    'import os, requests',
    '',
    `answer = requests.${method.toLowerCase()}(`,
    `    "${url}",`,
    '    headers={',
    '        "Authorization": f"Bearer {os.environ[\'KEY\']}",',
    ...[...headers, ...type].map(([name, value]) => `        "${name}": "${value}",`),
    '    },',
  ]
  if (body && 'json' in body)
    lines.push(`    json=${indented(pythonOf(JSON.stringify(body.json, null, 4)), '    ')},`)
  if (body && 'file' in body) lines.push(`    data=open("${body.file}", "rb"),`)
  return [...lines, ')'].join('\n')
}

function indented(text: string, by: string) {
  return text.replaceAll('\n', `\n${by}`)
}

/** JSON as Python writes it. */
function pythonOf(json: string) {
  const words: Record<string, string> = { true: 'True', false: 'False', null: 'None' }
  return json.replaceAll(/(?<=: )(?:true|false|null)(?=,?$)/gm, (word) => words[word]!)
}
