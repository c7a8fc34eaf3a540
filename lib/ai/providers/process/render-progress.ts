import { type MessageRef, message } from '#lib/messages/message'
import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { hostname, setPriority } from 'node:os'
import type { RenderFiles } from './render-files.ts'
import type { RenderProgress } from './render-state.ts'

// Part of every render child. What checks its reports (render-state.ts) takes longer to load than Node to start.

/** How far a child is. */
export interface RenderReport {
  /** 0 to 100, never falling. */
  progress: number
  /** What it is doing, for the user. */
  message: MessageRef
}

/**
 * Lowers the priority of this process, so that the server keeps answering while films are made. Tests leave it as it is:
 * theirs run among many, and what stands behind all of them gets nothing.
 */
export function standBehindServer() {
  setPriority(Number(process.env.RENDER_NICENESS ?? 10))
}

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
