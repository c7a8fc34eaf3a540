import { hasFields } from '../problem.ts'

// What the reference reads of an OpenAPI document, and how it is read.

export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  contentMediaType?: string
}

interface Parameter {
  in: 'path' | 'query' | 'header'
  name: string
  required?: boolean
  description?: string
  example?: string
  schema?: Schema & { example?: string }
}

type Content = Record<string, { schema?: Schema; example?: unknown }>

interface DescribedOperation {
  operationId: string
  summary: string
  tags: string[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
  'x-key-scope': string
}

export interface ApiDocument {
  info: { description: string; version: string }
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, Schema> }
  'x-error-codes': { code: string; status: number; retryable: boolean }[]
}

export function isApiDocument(value: unknown): value is ApiDocument {
  return hasFields(value, { openapi: 'string', info: 'object', paths: 'object' })
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  tag: string
  scope: string
  parameters: Parameter[]
  body: { type: string; schema: Schema; example: unknown } | undefined
  answers: { status: string; description: string; type: string | undefined; schema?: Schema }[]
}

/** Every request of a document, in its order. */
export function operationsOf({ paths }: ApiDocument): ReferenceOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]) => {
      const [type = '', body] = Object.entries(one.requestBody?.content ?? {})[0] ?? []
      return {
        id: one.operationId,
        method: method.toUpperCase(),
        path,
        summary: one.summary,
        tag: one.tags[0] ?? '',
        scope: one['x-key-scope'],
        parameters: one.parameters ?? [],
        body: body && { type, schema: body.schema ?? {}, example: body.example },
        answers: Object.entries(one.responses).map(([status, { description, content }]) => {
          const [first] = Object.entries(content ?? {})
          return { status, description, type: first?.[0], schema: first?.[1].schema }
        }),
      }
    }),
  )
}

export interface Field {
  name: string
  type: string
  /** The schema it is described by, where that has a section of its own. */
  refersTo: string | undefined
  isRequired: boolean
  description: string | undefined
}

/** The fields of a schema, and those of the objects in it by their whole names: `cost.heldUsd`. */
export function fieldsOf(schema: Schema, document: ApiDocument, before = ''): Field[] {
  const { properties = {}, required = [] } = resolved(schema, document)
  return Object.entries(properties).flatMap(([name, field]) => {
    const refersTo = referenceIn(field)
    const own: Field = {
      name: before + name,
      type: typeOf(field),
      refersTo,
      isRequired: required.includes(name),
      description:
        field.description ?? (refersTo && document.components.schemas[refersTo]?.description),
    }
    const inner = refersTo ? undefined : objectIn(field)
    return inner ? [own, ...fieldsOf(inner, document, `${before}${name}.`)] : [own]
  })
}

/** The schema itself where it is only referred to. */
export function resolved(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref && nameOf(schema.$ref)
  return (name && document.components.schemas[name]) || schema
}

/** The name of the schema that a field, its items or one of its forms refers to. */
export function referenceIn(schema: Schema): string | undefined {
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.items) return referenceIn(schema.items)
  return formsOf(schema).map(referenceIn).find(Boolean)
}

function objectIn(schema: Schema): Schema | undefined {
  if (schema.properties) return schema
  if (schema.items) return objectIn(schema.items)
  return formsOf(schema).map(objectIn).find(Boolean)
}

function formsOf({ anyOf = [], oneOf = [] }: Schema) {
  return [...anyOf, ...oneOf]
}

function nameOf(reference: string) {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

/** A type in a few words: `"a" | "b"`, `FileView[]`, `number | null`. */
export function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOf(schema.$ref)
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  const forms = formsOf(schema)
  if (forms.length > 0) return [...new Set(forms.map(typeOf))].join(' | ')
  if (schema.items) return `${bracketed(typeOf(schema.items))}[]`
  return [schema.type ?? 'any'].flat().join(' | ')
}

function bracketed(type: string) {
  return type.includes(' | ') ? `(${type})` : type
}

/** Whether each word of a search is somewhere in what is said of a request. */
export function isFound(query: string, operation: ReferenceOperation, document: ApiDocument) {
  const fields = [operation.body?.schema, ...operation.answers.map(({ schema }) => schema)]
    .filter((schema) => schema !== undefined)
    .flatMap((schema) => fieldsOf(schema, document).map(({ name }) => name))
  const { id, method, path, summary, parameters } = operation
  const text = [id, method, path, summary, ...parameters.map(({ name }) => name), ...fields]
    .join(' ')
    .toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
