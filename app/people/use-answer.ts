'use client'

import useSWR from 'swr'
import { ProblemError } from '#lib/contract/problem'

/** What a call answers, read again after a change. `key` is null while it is not to be read. */
export function useAnswer<T>(key: string | null, read: () => Promise<T>) {
  const { data, error, mutate } = useSWR(key, read)
  return {
    /** Undefined until it came for the first time. */
    answer: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: async () => void (await mutate()),
  }
}
