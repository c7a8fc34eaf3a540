'use client'

import useSWRInfinite from 'swr/infinite'
import { ProblemError } from '#lib/contract/problem'

/** A list that is read a page at a time. */
export function usePages<Page extends { nextCursor: string | null }>(
  key: string,
  read: (cursor: string | null) => Promise<Page>,
) {
  const { data, error, isLoading, setSize, mutate } = useSWRInfinite(
    (_index: number, previous: Page | null) =>
      previous && previous.nextCursor === null
        ? null
        : ([key, previous?.nextCursor ?? null] as const),
    ([, cursor]) => read(cursor),
    { keepPreviousData: true },
  )
  return {
    /** Undefined until the first one came. */
    pages: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    isLoading,
    hasMore: data?.at(-1)?.nextCursor != null,
    loadMore: () => void setSize((size) => size + 1),
    reload: async () => void (await mutate()),
  }
}
