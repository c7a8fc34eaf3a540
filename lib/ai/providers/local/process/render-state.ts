import { type MessageRef, isMessageRef } from '#lib/messages/message'
import { readdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { readJsonFile } from './durable-files.ts'
import type { RenderFiles } from './render-files.ts'

/** Crashes before giving up. Rendering is deterministic, so only a crash by chance deserves a second attempt. */
const maxCrashes = 2
/** Children killed from outside (deploys, kill -9 of the server) before giving up. */
const maxKills = 10
/** Silence after which another process's child counts as dead. It reports every 500 ms. */
const staleAfterMs = 10_000

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

export type RenderState =
  | { kind: 'absent' }
  | { kind: 'canceled' }
  | { kind: 'completed' }
  /** No attempt is running; the process that claims `nextAttempt` may start it. */
  | { kind: 'waiting'; nextAttempt: number }
  | { kind: 'running'; progress: RenderProgress | null }
  | { kind: 'given-up'; reason: string }

/**
 * The state of a render, derived from its files alone, so that every process on this machine sees the same.
 * `isOurs`: the caller holds the live child, so its watchdog decides whether the child hangs, not the clock here.
 */
export async function readRenderState(
  files: RenderFiles,
  options: { isOurs: boolean; nowMs: number },
): Promise<RenderState> {
  const names = await readdir(files.directory).catch((): string[] => [])
  if (names.includes('canceled')) return { kind: 'canceled' }
  if (names.includes('video.mp4')) return { kind: 'completed' }
  if (!names.includes('request.json')) return { kind: 'absent' }

  const attempts = numbersOf(names, 'attempt')
  const crashes = numbersOf(names, 'error')
  const last = attempts.at(-1) ?? 0
  const isLive = last > 0 && !crashes.includes(last)
  const progress = isLive ? await readProgress(files, last) : null
  if (isLive && (options.isOurs || (await isFresh(files, last, progress, options.nowMs)))) {
    return { kind: 'running', progress }
  }
  if (crashes.length >= maxCrashes) return { kind: 'given-up', reason: await reasonOf(files, last) }
  if (attempts.length - crashes.length > maxKills) {
    return { kind: 'given-up', reason: `killed from outside ${maxKills} times` }
  }
  return { kind: 'waiting', nextAttempt: last + 1 }
}

function numbersOf(names: string[], prefix: string) {
  const pattern = new RegExp(`^${prefix}-(\\d+)\\.json$`)
  return names
    .map((name) => Number(pattern.exec(name)?.[1] ?? 0))
    .filter((number) => number > 0)
    .toSorted((a, b) => a - b)
}

async function readProgress(files: RenderFiles, attempt: number) {
  const parsed = renderProgressSchema.safeParse(await readJsonFile(files.progress))
  return parsed.success && parsed.data.attempt === attempt ? parsed.data : null
}

async function isFresh(
  files: RenderFiles,
  attempt: number,
  progress: RenderProgress | null,
  nowMs: number,
) {
  if (progress) return nowMs - progress.updatedAt < staleAfterMs && !isKnownDead(progress)
  const claim = z
    .object({ startedAt: z.number() })
    .safeParse(await readJsonFile(files.attempt(attempt)))
  return claim.success && nowMs - claim.data.startedAt < staleAfterMs
}

/** A missing process on this machine counts as dead at once, so a restart does not wait out the silence. */
function isKnownDead({ host, pid }: RenderProgress) {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

async function reasonOf(files: RenderFiles, attempt: number) {
  const error = z
    .object({ message: z.string() })
    .safeParse(await readJsonFile(files.error(attempt)))
  return error.success ? error.data.message : 'the renderer ended without a message'
}
