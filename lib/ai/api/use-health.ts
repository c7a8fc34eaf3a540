'use client'
import useSWR from 'swr'
import { hasFields } from '#lib/contract/has-fields'
import type { HealthView } from '#lib/contract/health-view'
import { ProblemError, networkProblem, readAnswer } from '#lib/contract/read-answer'

/** Only while the page is in sight. */
const renewMs = 30_000

/** How the installation is, renewed every half a minute while somebody looks. */
export function useHealth() {
  const { data, error, mutate } = useSWR('/health', readHealth, { refreshInterval: renewMs })
  return {
    /** Undefined until it came for the first time. */
    health: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
  }
}

async function readHealth(url: string): Promise<HealthView> {
  const response = await fetch(url).catch(() => {
    throw new ProblemError(networkProblem())
  })
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
  })
}
