'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { isLineageView, type LineageView } from '#lib/contract/library/library'
import { readAnswer } from '#lib/contract/problem'

/** What an item was made from and what it led to; undefined until that is known. */
export function useLineage(id: string): LineageView | undefined {
  const url = withBasePath(`/api/file/${id}/lineage`)
  const { data } = useSWR(url, readLineage, { shouldRetryOnError: false })
  return data
}

async function readLineage(url: string) {
  return readAnswer(await callApi(url), isLineageView)
}
