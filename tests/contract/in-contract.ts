import { openApiDocument } from '#lib/http/openapi/document'
import { ApiContract } from './api-contract.ts'

let contract: ApiContract | undefined

/** The contract that this code publishes. */
export function apiContract() {
  return (contract ??= new ApiContract(openApiDocument('en', { base: '' })))
}

/** The same answer, where it is as the OpenAPI document says; throws where it is not. */
export async function inContract(request: Pick<Request, 'method' | 'url'>, answer: Response) {
  const { status, headers } = answer
  const contentType = headers.get('content-type') ?? ''
  const isText = /\bjson\b/.test(contentType)
  const body = isText ? await answer.clone().text() : undefined
  const faults = apiContract().faultsOf(request.method, request.url, { status, contentType, body })
  if (faults.length > 0) throw new Error(`not as the OpenAPI document says:\n${faults.join('\n')}`)
  return answer
}
