'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { hasFields, ProblemError, readAnswer } from '#lib/contract/problem'
import type { HealthView } from '#lib/contract/provider-view'

/** Only while the page is in sight. */
const renewMs = 30_000

/** How the installation is, renewed every half a minute while the page is in sight. */
export function useHealth() {
  const { data, error, mutate } = useSWR(withBasePath('/health'), readHealth, {
    refreshInterval: renewMs,
  })
  return {
    /** Undefined until it came for the first time. */
    health: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
  }
}

async function readHealth(url: string): Promise<HealthView> {
  const response = await callApi(url)
  // "I am down, because" is what was asked for, too.
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return isHealthView(body) ? body : readAnswer(response, isHealthView)
}

function isHealthView(body: unknown): body is HealthView {
  return hasFields(body, {
    status: 'string',
    database: 'object',
    queue: 'object',
    storage: 'object',
    webhooks: 'string',
  })
}
