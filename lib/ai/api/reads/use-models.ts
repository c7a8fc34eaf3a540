'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { MediaType } from '#lib/contract/generation'
import { isModelsAnswer } from '#lib/contract/model-view'
import { ProblemError, readAnswer } from '#lib/contract/problem'

const refreshMs = 60_000
const focusThrottleMs = 10_000

/** The models for videos or for images, with what each can do. The form is built from this and from nothing else. */
export function useModels(makes: MediaType = 'video') {
  const address =
    makes === 'image' ? withBasePath('/api/models?kind=image') : withBasePath('/api/models')
  const { data, error, isLoading, mutate } = useSWR(address, readModels, {
    // A provider may run out of credits, or be back: prices and reasons are of the moment.
    refreshInterval: refreshMs,
    focusThrottleInterval: focusThrottleMs,
  })
  return {
    models: data ?? [],
    isLoading,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
  }
}

async function readModels(url: string) {
  return (await readAnswer(await callApi(url), isModelsAnswer)).models
}
