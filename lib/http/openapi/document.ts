import { z } from 'zod'
import {
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
  createDocument,
} from 'zod-openapi'
import { problemSchema } from '#lib/contract/api/problem'
import { errorStatus, type ErrorCode, isRetryable } from '#lib/contract/problem'
import type { Locale } from '#lib/messages/locales'
import { type MessageKey, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { keyNeeds } from '../front-door/key-scopes.ts'
import type { Operation } from './operation.ts'
import { notDescribed, operations } from './operations.ts'

const version = '1.0.0'

type Say = (key: MessageKey) => string

/** Where the API is, without `/api`: an address, or a path where it is not known. */
export interface Place {
  base: string
}

/**
 * The API as OpenAPI 3.1, made from the schemas that check its requests and describe its answers. Answers may get more
 * fields: none of theirs is said to be the last.
 */
export function openApiDocument(locale: Locale, { base }: Place) {
  const words: Say = (key) => sayIn(locale, message(key))
  const document = createDocument(
    {
      openapi: '3.1.1',
      info: {
        title: 'Photofinish API',
        version,
        description: words('api.info'),
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [
        { url: `${base}/api/v1`, description: words('api.versioned') },
        { url: `${base}/api`, description: words('api.unversioned') },
      ],
      tags: [...new Set(operations.map(({ tag }) => tag))].map((tag) => ({
        name: tag,
        description: words(`api.tags.${tag}`),
      })),
      security: [{ apiKey: [] }, { session: [] }],
      paths: pathsIn(words),
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: words('api.apiKey') },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'photofinish.session_token',
            description: words('api.session'),
          },
        },
      },
      'x-error-codes': errorCodes(),
      'x-not-described': notDescribed.map(({ path, reason }) => ({
        path,
        description: words(reason),
      })),
    },
    { override: ({ io, jsonSchema }) => io === 'output' && leaveOpen(jsonSchema) },
  )
  return worded(document, words) as typeof document
}

function leaveOpen(schema: { additionalProperties?: unknown }) {
  if (schema.additionalProperties === false) delete schema.additionalProperties
}

function errorCodes() {
  return Object.entries(errorStatus).map(([code, status]) => ({
    code,
    status,
    retryable: isRetryable(code as ErrorCode),
  }))
}

function pathsIn(words: Say): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of operations)
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: operationIn(operation, words),
    }
  return paths
}

function operationIn(operation: Operation, words: Say): ZodOpenApiOperationObject {
  const { id, tag, params, query, headers, body, isOpen } = operation
  return {
    operationId: id,
    tags: [tag],
    summary: words(`api.operations.${id}`),
    requestParams: {
      ...(params && { path: params }),
      ...(query && { query }),
      ...(headers && { header: headers }),
    },
    ...(body && { requestBody: requestBodyOf(body) }),
    responses: answersOf(operation, words),
    ...(isOpen && { security: [{}, { apiKey: [] }, { session: [] }] }),
    'x-key-scope': scopeOf(operation),
  }
}

function requestBodyOf({ schema, type = 'application/json', example }: Operation['body'] & object) {
  const bytes = { type: 'string' as const, contentMediaType: type }
  return {
    required: true,
    content: { [type]: { schema: schema ?? bytes, ...(example !== undefined && { example }) } },
  }
}

function answersOf({ answers, codes = [] }: Operation, words: Say): ZodOpenApiResponsesObject {
  const all: ZodOpenApiResponsesObject = {}
  for (const [status, content] of Object.entries(answers)) {
    const description = words(`api.answers.${status as '200'}`)
    all[status as '200'] = { description, ...(content && { content: contentOf(content) }) }
  }
  const byStatus = Map.groupBy([...codes, ...everywhere], (code) => errorStatus[code])
  for (const [status, names] of byStatus)
    all[`${status}` as '400'] ??= problemOf([...new Set(names)].join(', '), status === 429)
  all.default = problemOf(words('api.answers.default'))
  return all
}

/** May go wrong at every request. */
const everywhere: ErrorCode[] = ['key_invalid', 'forbidden', 'rate_limited']

function contentOf(content: NonNullable<Operation['answers'][number]>) {
  if (content instanceof z.ZodType) return { 'application/json': { schema: content } }
  const { type, schema = z.string() } = content
  return { [type]: { schema } }
}

function problemOf(description: string, isLimit = false) {
  const content = { 'application/problem+json': { schema: problemSchema } }
  return { description, content, ...(isLimit && { headers: limitHeaders }) }
}

const limitHeaders = z.object({
  'Retry-After': z.string().optional(),
  RateLimit: z.string().optional().meta({ example: '"start";r=0;t=1' }),
  'RateLimit-Policy': z.string().optional().meta({ example: '"start";q=60;w=60' }),
})

/** The path of the route that answers an operation, as `keyNeeds` names it. */
export function routeOfOperation({ path }: Pick<Operation, 'path'>) {
  if (path.startsWith('/events/')) return '/api/v1/events/[channels]'
  if (path.startsWith('/media/')) return '/api/media/[...key]'
  return `/api${path.replaceAll(/\{(\w+)\}/g, '[$1]')}`
}

function scopeOf(operation: Operation) {
  const method = operation.method.toUpperCase() as 'GET'
  return keyNeeds[routeOfOperation(operation)]?.[method] ?? 'never'
}

/** The same with the words of a language in place of the messages that fields are described by. */
function worded(value: unknown, words: Say): unknown {
  if (Array.isArray(value)) return value.map((one) => worded(one, words))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const isKey =
        name === 'description' && typeof one === 'string' && one.startsWith('api.fields.')
      return [name, isKey ? words(one as MessageKey) : worded(one, words)]
    }),
  )
}
