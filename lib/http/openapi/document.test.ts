import { routesOfApi } from '../../../tests/support/ask-route.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { errorStatus } from '#lib/contract/problem'
import { locales } from '#lib/messages/locales'
import { env } from '../../env.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { keyNeedOf } from '../front-door/key-scopes.ts'
import { answerOpenApi } from './answer-openapi.ts'
import { openApiDocument, routeOfOperation } from './document.ts'
import { notDescribed, operations } from './operations.ts'

const document = openApiDocument('en', { base: '' })

test('every request a key may make is in the document, or said to be left out, and nothing else is', async () => {
  const requests = (await routesOfApi()).map((one) => {
    const [method = '', route = ''] = one.split(' ')
    return { method, route, need: keyNeedOf(method, route) }
  })
  const open = requests.filter(({ need }) => need !== 'never' && need !== 'ignored')
  const isLeftOut = ({ route }: { route: string }) =>
    notDescribed.some(({ path }) => route.startsWith(`/api${path}`))
  const allowed = open
    .filter((one) => !isLeftOut(one))
    .map(({ method, route, need }) => `${method} ${route} ${need}`)
  for (const { path } of notDescribed)
    expect(open.some(({ route }) => route.startsWith(`/api${path}`))).toBe(true)
  const described = operations.map((one) => {
    const operation = document.paths![one.path]![one.method]!
    return `${one.method.toUpperCase()} ${routeOfOperation(one)} ${operation['x-key-scope']}`
  })
  expect(described.toSorted()).toEqual(allowed.toSorted())
})

test('every error code is in the document with its status', () => {
  const told = document['x-error-codes'] as { code: string; status: number }[]
  expect(Object.fromEntries(told.map(({ code, status }) => [code, status]))).toEqual(errorStatus)
  const { ErrorCode } = document.components!.schemas as Record<string, { enum: string[] }>
  expect(ErrorCode!.enum).toEqual(Object.keys(errorStatus))
})

test('every schema of it can be compiled, and every reference leads somewhere', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', ...document })
  for (const name of Object.keys(document.components!.schemas!))
    expect(ajv.getSchema(`api#/components/schemas/${name}`)).toBeTypeOf('function')
})

test('its examples are what its schemas take', () => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'api', ...document })
  const pointer = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1')
  for (const { path, method, body } of operations) {
    if (body?.example === undefined) continue
    const at = `api#/paths/${pointer(path)}/${method}/requestBody/content/application~1json/schema`
    const validate = ajv.getSchema(encodeURI(at))!
    expect([path, validate(body.example), validate.errors]).toEqual([path, true, null])
  }
})

/** The fields of a schema and of all that is in it, with the path to each. */
function* fieldsIn(schema: unknown, path = ''): Generator<[path: string, field: Field]> {
  if (typeof schema !== 'object' || schema === null) return
  for (const [name, one] of Object.entries(schema)) {
    if (name === 'properties')
      for (const [field, value] of Object.entries<Field>(one)) yield [`${path}/${field}`, value]
    if (name !== 'example') yield* fieldsIn(one, `${path}/${name}`)
  }
}

interface Field {
  type?: string | string[]
  description?: string
  anyOf?: Field[]
  $ref?: string
}

const isOf = ({ type, anyOf = [] }: Field, names: string[]): boolean =>
  [type ?? []].flat().some((one) => names.includes(one)) || anyOf.some((one) => isOf(one, names))

test('every number says its unit or range, and every field that may be null what that means', () => {
  const fields = [...fieldsIn(document.components!.schemas), ...fieldsIn(document.paths)]
  expect(fields.length).toBeGreaterThan(300)
  const silent = fields.filter(
    ([, field]) => isOf(field, ['number', 'integer', 'null']) && !field.description,
  )
  expect(silent.map(([path]) => path)).toEqual([])
})

describe('its words', () => {
  test.each(locales)('are those of %s throughout', (locale) => {
    const text = JSON.stringify(openApiDocument(locale, { base: '' }))
    expect(text).not.toContain('"api.')
    expect(/[а-яё]/i.test(text)).toBe(locale === 'ru')
  })

  test('are the only difference between languages', () => {
    const bare = (locale: 'en' | 'ru') =>
      JSON.stringify(openApiDocument(locale, { base: '' }), (name, value: unknown) =>
        name === 'summary' || name === 'description' ? '' : value,
      )
    expect(bare('ru')).toBe(bare('en'))
  })
})

describe('GET /api/openapi.json', () => {
  const ask = (headers: Record<string, string> = {}) =>
    answerOpenApi(new Request('http://localhost/api/openapi.json', { headers }))

  test('answers in the language of the request, and 304 to one who has it', async () => {
    const english = ask()
    const russian = ask({ 'accept-language': 'ru' })
    expect(await russian.json()).toMatchObject({ openapi: '3.1.1' })
    expect(english.headers.get('vary')).toBe('Accept-Language, Cookie')
    const tag = english.headers.get('etag')!
    expect(russian.headers.get('etag')).not.toBe(tag)
    expect(ask({ 'if-none-match': tag }).status).toBe(304)
    expect(ask({ 'if-none-match': tag, cookie: 'locale=ru' }).status).toBe(200)
  })

  test.each([
    [undefined, '', '/api/v1'],
    [undefined, '/studio', '/studio/api/v1'],
    ['https://a.example/studio', '/studio', 'https://a.example/studio/api/v1'],
  ])('PUBLIC_URL %s and BASE_PATH "%s" name the server %s', async (publicUrl, base, url) => {
    const before = { ...env() }
    Object.assign(env(), { PUBLIC_URL: publicUrl, BASE_PATH: base })
    forgetProcessWide('openapi documents')
    const { servers } = (await ask().json()) as { servers: { url: string }[] }
    expect(servers.map((one) => one.url)).toEqual([url, url.replace('/v1', '')])
    Object.assign(env(), { PUBLIC_URL: undefined, ...before })
    forgetProcessWide('openapi documents')
  })
})
