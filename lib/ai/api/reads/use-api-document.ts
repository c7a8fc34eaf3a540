'use client'
import useSWR from 'swr'
import { isApiDocument } from '#lib/contract/api/reference'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { ProblemError, readAnswer } from '#lib/contract/problem'

/** The API as its document describes it, in a language. It is the same until the next version. */
export function useApiDocument(locale: string) {
  const key = [withBasePath('/api/openapi.json'), locale] as const
  const { data, error, mutate } = useSWR(key, readDocument, {
    revalidateOnFocus: false,
    keepPreviousData: true,
  })
  return {
    document: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
  }
}

async function readDocument([url, locale]: readonly [string, string]) {
  const headers = { 'accept-language': locale }
  return readAnswer(await callApi(url, { headers }), isApiDocument)
}
