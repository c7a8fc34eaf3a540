'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { isModelsAnswer } from '#lib/contract/model-view'
import { ProblemError, readAnswer } from '#lib/contract/problem'

const refreshMs = 60_000
const focusThrottleMs = 10_000

/** The models there are, with what each can do. The form is built from this and from nothing else. */
export function useModels() {
  const { data, error, isLoading, mutate } = useSWR(withBasePath('/api/models'), readModels, {
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
