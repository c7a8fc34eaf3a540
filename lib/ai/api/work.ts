'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type WorkOffers, type WorkRequest, isWorkOffers } from '#lib/contract/edit/work'
import { readAnswer } from '#lib/contract/problem'
import { startGeneration } from './generate-video.ts'

/** What can be made of a finished video now, at which price; undefined until that is known. */
export function useWorkOffers(id: string): WorkOffers | undefined {
  const url = withBasePath(`/api/file/${id}/work`)
  const { data } = useSWR(url, readOffers, { shouldRetryOnError: false, revalidateOnFocus: false })
  return data
}

async function readOffers(url: string) {
  return readAnswer(await callApi(url), isWorkOffers)
}

/** Starts an extension or a larger version, as `generateVideo` starts a video. */
export function startWork(request: WorkRequest, idempotencyKey: string) {
  return startGeneration(withBasePath('/api/work'), request, { idempotencyKey })
}
