import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { readAnswer } from '#lib/contract/problem'
import { type VideoGenerationResult, isVideoGenerationResult } from '#lib/contract/file-view'
import { withOwnSession } from './own-session.ts'

export interface StartOptions {
  /** One an intention, minted before the first try: sending again with the same key never starts twice. */
  idempotencyKey: string
  fetch?: typeof globalThis.fetch
}

const timeoutMs = 20_000

/**
 * Starts a video. Resolves once the server has it on record, with the id to follow it by; throws `ProblemError` where it
 * has not, or where that is unknown. Calling again with the same key is always safe.
 */
export function generateVideo(request: GenerateVideoRequest, options: StartOptions) {
  return startGeneration(withBasePath('/api/generate/video'), request, options)
}

/** Starts what the address makes, as `generateVideo` does. */
export async function startGeneration(
  address: string,
  request: object,
  { idempotencyKey, fetch = globalThis.fetch }: StartOptions,
): Promise<VideoGenerationResult> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(timeoutMs),
  }
  const send = () => callApi(address, init, fetch)
  const response = await withOwnSession(send, fetch)
  return readAnswer(response, isVideoGenerationResult)
}
