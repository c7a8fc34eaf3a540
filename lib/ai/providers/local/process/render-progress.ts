import { type MessageRef, isMessageRef, message } from '#lib/messages/message'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import type { RenderReport } from '../film/render-film.ts'
import type { RenderFiles } from './render-files.ts'

/** What a child reports in `progress.json`, at least every 500 ms while its event loop turns. */
export const renderProgressSchema = z.object({
  /** 0 to 100; never falls within an attempt. */
  progress: z.number().min(0).max(100),
  /** A message; a text where a child of an earlier version is at work. */
  message: z.union([z.string(), z.custom<MessageRef>(isMessageRef)]),
  /** Unix milliseconds of the last heartbeat. */
  updatedAt: z.number(),
  /** Unix milliseconds of the last progress. In a hung child `updatedAt` is fresh and this is old. */
  advancedAt: z.number(),
  attempt: z.number().int(),
  pid: z.number().int(),
  host: z.string(),
})
export type RenderProgress = z.infer<typeof renderProgressSchema>

/** Half the promised interval, because drawing a frame delays the timer. */
const reportEveryMs = 250

/**
 * Writes `progress.json` from inside a child while its event loop turns. Ends the child, without an error, once
 * the render is canceled or its directory is gone.
 */
export function startProgressReports(files: RenderFiles, attempt: number) {
  let state: RenderProgress = {
    progress: 0,
    message: message('provider.localStarting'),
    updatedAt: Date.now(),
    advancedAt: Date.now(),
    attempt,
    pid: process.pid,
    host: hostname(),
  }
  const write = () => {
    if (existsSync(files.canceled) || !existsSync(files.request)) process.exit(0)
    state.updatedAt = Date.now()
    const temporary = `${files.progress}.${attempt}.tmp`
    writeFileSync(temporary, JSON.stringify(state))
    renameSync(temporary, files.progress)
  }
  write()
  const timer = setInterval(write, reportEveryMs)
  return {
    report: ({ progress, message: says }: RenderReport) => {
      const further = Math.max(state.progress, Math.min(100, Math.floor(progress)))
      state = { ...state, progress: further, message: says, advancedAt: Date.now() }
    },
    stop: () => clearInterval(timer),
  }
}
