'use client'
import useSWR from 'swr'
import { serverNow } from '#lib/contract/answer-headers'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { hasFields, ProblemError, readAnswer } from '#lib/contract/problem'
import {
  type ProviderView,
  type ProvidersAnswer,
  isProvidersAnswer,
} from '#lib/contract/provider-view'

const key = withBasePath('/api/providers')
/** Only while the page is in sight. */
const renewMs = 30_000

interface Known extends ProvidersAnswer {
  readAtMs: number
}

/** The providers there are and how they do, renewed every half a minute while the page is in sight. */
export function useProviders() {
  const { data, error, isValidating, mutate } = useSWR(key, readProviders, {
    refreshInterval: renewMs,
  })
  return {
    /** Undefined until they came for the first time. */
    answer: data,
    isLoading: isValidating,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
    /** Has the provider asked how it is, and lets it in again where it is well. Rejects with `ProblemError`. */
    check: async (id: string) => {
      const checked = await checkProvider(id)
      await mutate((known) => known && withChecked(known, checked), { revalidate: false })
      return checked
    },
  }
}

async function readProviders(url: string): Promise<Known> {
  const answer = await readAnswer(await callApi(url), isProvidersAnswer)
  return { ...answer, readAtMs: serverNow() }
}

async function checkProvider(id: string) {
  const response = await callApi(`${key}/${encodeURIComponent(id)}/check`, { method: 'POST' })
  return readAnswer(response, isProviderView)
}

function withChecked(known: Known, checked: ProviderView): Known {
  const providers = known.providers.map((one) => (one.id === checked.id ? checked : one))
  return { ...known, providers }
}

function isProviderView(body: unknown): body is ProviderView {
  return hasFields(body, { id: 'string', label: 'string', isOn: 'boolean', record: 'object' })
}
