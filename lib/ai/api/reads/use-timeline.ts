'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { readAnswer } from '#lib/contract/problem'
import { type TimelineEvent, isTimelineAnswer } from '#lib/contract/file-view'

/** The timeline of a video, read again whenever its version has grown; undefined until it is there. */
export function useTimeline(
  fileId: string,
  version: number,
  isShown = true,
): TimelineEvent[] | undefined {
  const key = isShown ? ([withBasePath(`/api/file/${fileId}/timeline`), version] as const) : null
  const { data } = useSWR(key, ([url]) => readTimeline(url), { keepPreviousData: true })
  return data
}

async function readTimeline(url: string) {
  return (await readAnswer(await callApi(url), isTimelineAnswer)).events
}
