'use client'
import useSWR from 'swr'
import { ProblemError, networkProblem, readAnswer } from '#lib/contract/problem'
import { type TimelineEvent, isTimelineAnswer } from '#lib/contract/file-view'

/** The timeline of a video, read again whenever its version has grown; undefined until it is there. */
export function useTimeline(
  fileId: string,
  version: number,
  isShown = true,
): TimelineEvent[] | undefined {
  const key = isShown ? ([`/api/file/${fileId}/timeline`, version] as const) : null
  const { data } = useSWR(key, ([url]) => readTimeline(url), { keepPreviousData: true })
  return data
}

async function readTimeline(url: string) {
  const response = await fetch(url).catch(() => {
    throw new ProblemError(networkProblem())
  })
  return (await readAnswer(response, isTimelineAnswer)).events
}
