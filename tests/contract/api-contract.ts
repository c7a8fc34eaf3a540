import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

interface Answer {
  status: number
  contentType: string
  /** Undefined where it was not read. */
  body: string | undefined
}

interface Document {
  paths?: Record<string, object>
  servers?: { url: string }[]
}

type Described = { responses: Record<string, { content?: Record<string, object> }> }

/**
 * What the OpenAPI document says of answers: every answer below `/api` whose request is in it must be as it says, to the
 * last field. Schemas are compiled when they are first needed.
 */
export class ApiContract {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false })
  readonly #compiled = new Map<string, ValidateFunction | undefined>()
  readonly #paths: { path: string; pattern: RegExp; item: Record<string, Described> }[]

  constructor(document: Document) {
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ $id: 'api', ...closed(document) })
    this.#paths = Object.entries(document.paths ?? {}).map(([path, item]) => ({
      path,
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
      item: item as Record<string, Described>,
    }))
  }

  /** What is wrong with an answer; nothing where the document does not speak of its request. */
  faultsOf(method: string, url: string, answer: Answer): string[] {
    const found = this.#find(method, url)
    if (!found) return []
    const { operation, path, verb } = found
    const { status } = answer
    const name = operation.responses[status] ? String(status) : 'default'
    const told = `${method} ${path} ${status}`
    if (name === 'default' && status < 400) return [`${told} is in no answer of it`]
    const type = answer.contentType.split(';')[0]!.trim()
    const types = Object.keys(operation.responses[name]!.content ?? {})
    if (types.length === 0) return answer.body ? [`${told} has a body: ${answer.body}`] : []
    const fit = types.find((one) => one === type || one === '*/*')
    if (!fit) return [`${told} is ${type}, not ${types.join(' or ')}`]
    if (answer.body === undefined || fit === '*/*') return []
    const validate = this.#schemaAt([path, verb, 'responses', name, 'content', fit, 'schema'])
    return bodiesOf(fit, answer.body).flatMap((body) =>
      !validate || validate(body)
        ? []
        : [`${told}: ${this.#ajv.errorsText(validate.errors)} in ${JSON.stringify(body)}`],
    )
  }

  /** Whether the document speaks of a request. */
  knows(method: string, url: string) {
    return this.#find(method, url) !== undefined
  }

  /** What is wrong with the body of a request. */
  faultsOfRequest(method: string, url: string, body: unknown): string[] {
    const found = this.#find(method, url)
    if (!found) return [`${method} ${url} is not in the document`]
    const at = [found.path, found.verb, 'requestBody', 'content', 'application/json', 'schema']
    const validate = this.#schemaAt(at)
    return !validate || validate(body) ? [] : [this.#ajv.errorsText(validate.errors)]
  }

  #find(method: string, url: string) {
    const path = pathBelowApi(url)
    const verb = method === 'HEAD' ? undefined : method.toLowerCase()
    if (path === undefined || !verb) return undefined
    const found = this.#paths.find(({ pattern }) => pattern.test(path))
    const operation = found?.item[verb]
    return found && operation && { operation, path: found.path, verb }
  }

  #schemaAt(steps: string[]) {
    const at = ['paths', ...steps].map((one) => one.replaceAll('~', '~0').replaceAll('/', '~1'))
    const reference = `api#/${at.map(encodeURIComponent).join('/')}`
    if (!this.#compiled.has(reference))
      this.#compiled.set(reference, this.#ajv.getSchema(reference))
    return this.#compiled.get(reference)
  }
}

function pathBelowApi(url: string) {
  const path = new URL(url, 'http://localhost').pathname
  const below = /\/api(?:\/v1)?(\/.*)$/.exec(path)?.[1]
  return below && decodeURIComponent(below)
}

/** Of an event stream, what each whole message of it holds. */
function bodiesOf(type: string, body: string): unknown[] {
  if (type === 'text/event-stream')
    return [...body.matchAll(/^data: (.*)\n/gm)].map(([, line]) =>
      line === '[DONE]' ? line : (JSON.parse(line!) as unknown),
    )
  return [type.endsWith('json') ? (JSON.parse(body) as unknown) : body]
}

/** The same without room for what it does not name: a field that is not described is a fault here. */
function closed(value: unknown): object {
  const close = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(close)
    if (typeof one !== 'object' || one === null) return one
    const copy = Object.fromEntries(Object.entries(one).map(([name, part]) => [name, close(part)]))
    const isObject = copy.type === 'object' && 'properties' in copy
    return isObject && !('additionalProperties' in copy)
      ? { ...copy, additionalProperties: false }
      : copy
  }
  return close(value) as object
}
