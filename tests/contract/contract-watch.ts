import type { APIRequestContext, APIResponse, BrowserContext, Response } from '@playwright/test'
import { ApiContract } from './api-contract.ts'

/** What every answer of the product carries. */
const mark = 'x-server-time'

const contracts = new Map<string, Promise<ApiContract>>()

/** The contract a server publishes, read once. */
function contractOf(url: string) {
  const known = contracts.get(url)
  if (known) return known
  const asked = fetch(`${url}/api/openapi.json`).then(
    async (answer) => new ApiContract((await answer.json()) as object),
  )
  contracts.set(url, asked)
  return asked
}

/** Holds every answer of the product against the document that a test's server publishes. */
export class ContractWatch {
  readonly #contract: Promise<ApiContract>
  readonly #faults: string[] = []
  /** How many answers it has looked at. */
  seen = 0
  readonly #looking = new Set<Promise<void>>()

  constructor(url: string) {
    this.#contract = contractOf(url)
    this.#contract.catch(() => contracts.delete(url))
  }

  /** Looks at what pages are answered, until the function it returns is called. */
  watch(context: BrowserContext) {
    const look = (response: Response) => this.#lookAt(response.request().method(), response)
    context.on('response', look)
    return () => void context.off('response', look)
  }

  /** The same requests, whose answers are looked at too. */
  of(request: APIRequestContext): APIRequestContext {
    return new Proxy(request, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        const call = value.bind(target) as (...given: unknown[]) => Promise<APIResponse>
        if (!methods.has(String(name))) return call
        return async (...given: unknown[]) => {
          const response = await call(...given)
          this.#lookAt(String(name).toUpperCase(), response)
          return response
        }
      },
    })
  }

  #lookAt(method: string, response: Response | APIResponse) {
    if (!response.url().includes('/api/')) return
    const looking = this.#faultsIn(method, response).catch(() => {})
    this.#looking.add(looking)
    void looking.finally(() => this.#looking.delete(looking))
  }

  async #faultsIn(method: string, response: Response | APIResponse) {
    const headers = response.headers()
    if (!(mark in headers) || (await isMadeUp(response))) return
    const contract = await this.#contract
    if (!contract.knows(method, response.url())) return
    const contentType = headers['content-type'] ?? ''
    // Media and streams are long, and some have no end.
    const body = /\bjson\b/.test(contentType) ? await response.text() : undefined
    const answer = { status: response.status(), contentType, body }
    this.seen++
    this.#faults.push(...contract.faultsOf(method, response.url(), answer))
  }

  /** What was wrong with the answers so far. */
  async faults(): Promise<string[]> {
    await Promise.race([Promise.all(this.#looking), new Promise((end) => setTimeout(end, 2_000))])
    return this.#faults
  }
}

/** An answer that a test puts in the place of the server's, or changes on its way, comes from no address. */
async function isMadeUp(response: Response | APIResponse) {
  return 'serverAddr' in response && !(await response.serverAddr())
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete'])
