import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import {
  type BatchEstimate,
  type BatchRequest,
  type BatchSummary,
  type BatchView,
  isBatchEstimate,
  isBatchView,
} from '#lib/contract/library/batch'
import { hasFields, readAnswer } from '#lib/contract/problem'
import { withOwnSession } from './own-session.ts'

function post(address: string, body?: object, headers: Record<string, string> = {}) {
  return callApi(address, {
    method: 'POST',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
}

/** What a batch would cost; nothing is started. Rejects with `ProblemError`, with every faulty field named. */
export async function estimateBatch(request: BatchRequest): Promise<BatchEstimate> {
  return readAnswer(await post(withBasePath('/api/batch/estimate'), request), isBatchEstimate)
}

/** Starts a batch, whole or not at all. Calling again with the same key is always safe. */
export async function startBatch(request: BatchRequest, key: string): Promise<BatchView> {
  const send = () => post(withBasePath('/api/batch'), request, { 'idempotency-key': key })
  return readAnswer(await withOwnSession(send), isBatchView)
}

/** The newest batches of the owner. */
export async function readBatches(): Promise<BatchSummary[]> {
  const answer = await callApi(withBasePath('/api/batch'))
  return (await readAnswer(answer, isBatches)).batches
}

/** Cancels what of a batch has not ended. */
export async function cancelBatch(id: string): Promise<BatchView> {
  return readAnswer(await post(withBasePath(`/api/batch/${id}/cancel`)), isBatchView)
}

function isBatches(value: unknown): value is { batches: BatchSummary[] } {
  return hasFields(value, { batches: 'object' })
}
