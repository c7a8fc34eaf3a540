import { type MessageRef, isMessageRef } from '#lib/messages/message'
import { readdir, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { readJsonFile } from './durable-files.ts'
import { type Hindrance, hindrances } from './hindrance.ts'
import type { RenderFiles } from './render-files.ts'

/** Crashes before giving up. Rendering is deterministic, so only a crash by chance deserves a second attempt. */
const maxCrashes = 2
/** Children killed from outside (deploys, kill -9 of the server) before giving up. */
const maxKills = 10
/** Silence after which another process's child counts as dead, where nothing else is known of it. */
const staleAfterMs = 10_000
/**
 * The same where its process is seen to live on this machine. A busy machine may give a child, which stands behind all
 * others, nothing for many seconds; the process that started it kills it before that where it hangs.
 */
const hungAfterMs = 60_000

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

/** The claim of an attempt: when, and by which process, which then starts the child. */
const attemptClaimSchema = z.object({
  /** Unix milliseconds. */
  startedAt: z.number(),
  /** Absent in claims of earlier versions. */
  by: z.object({ pid: z.number().int(), host: z.string() }).optional(),
})
export type AttemptClaim = z.infer<typeof attemptClaimSchema>

export type RenderState =
  | { kind: 'absent' }
  | { kind: 'canceled' }
  | { kind: 'completed' }
  /** No attempt is running; the process that claims `nextAttempt` may start it. */
  | { kind: 'waiting'; nextAttempt: number }
  | { kind: 'running'; progress: RenderProgress | null }
  /** `code` where the child said that another attempt is of no use. */
  | { kind: 'given-up'; reason: string; code?: Hindrance }

/**
 * The state of a render, derived from its files alone, so that every process on this machine sees the same.
 * `isOurs`: the caller holds the live child, so its watchdog decides whether the child hangs, not the clock here.
 */
export async function readRenderState(
  files: RenderFiles,
  options: { isOurs: boolean; nowMs: number },
): Promise<RenderState> {
  const names = await namesIn(files)
  const state = await stateOf(names, files, options)
  if (state.kind !== 'waiting') return state
  // A child that ends between the listing and the look at its process is dead and has left what it made.
  const namesNow = await namesIn(files)
  return namesNow.join() === names.join() ? state : stateOf(namesNow, files, options)
}

async function namesIn({ directory }: RenderFiles) {
  const names = await readdir(directory).catch((): string[] => [])
  return names.filter((name) => !name.endsWith('.tmp')).toSorted()
}

async function stateOf(
  names: string[],
  files: RenderFiles,
  options: { isOurs: boolean; nowMs: number },
): Promise<RenderState> {
  if (names.includes('canceled')) return { kind: 'canceled' }
  if (names.includes('output')) return { kind: 'completed' }
  if (!names.includes('request.json')) return { kind: 'absent' }

  const attempts = numbersOf(names, 'attempt')
  const crashes = numbersOf(names, 'error')
  const last = attempts.at(-1) ?? 0
  const isLive = last > 0 && !crashes.includes(last)
  const progress = isLive ? await readProgress(files, last) : null
  if (isLive && (options.isOurs || (await isFresh(files, last, progress, options.nowMs)))) {
    return { kind: 'running', progress }
  }
  const given = crashes.length > 0 ? await reasonOf(files, last) : null
  if (given && (given.code || crashes.length >= maxCrashes)) return { kind: 'given-up', ...given }
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
  if (progress) return nowMs - progress.updatedAt < patienceFor(progress)
  const claim = attemptClaimSchema.safeParse(await readJsonFile(files.attempt(attempt)))
  // A claim is there a moment before its content is.
  if (!claim.success) return nowMs - (await changedAt(files.attempt(attempt))) < staleAfterMs
  const { startedAt, by } = claim.data
  // A child whose server has just died may still be about to report.
  return nowMs - startedAt < Math.max(staleAfterMs, by ? patienceFor(by) : 0)
}

async function changedAt(path: string) {
  const found = await stat(path).catch(() => null)
  return found?.mtimeMs ?? 0
}

/**
 * How long a process may be silent before it counts as dead. One that is missing on this machine is dead at once, so
 * a restart does not wait out the silence.
 */
function patienceFor({ host, pid }: { host: string; pid: number }) {
  if (host !== hostname()) return staleAfterMs
  try {
    process.kill(pid, 0)
    return hungAfterMs
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 0 : hungAfterMs
  }
}

async function reasonOf(files: RenderFiles, attempt: number) {
  const error = z
    .object({ message: z.string(), code: z.enum(hindrances).optional().catch(undefined) })
    .safeParse(await readJsonFile(files.error(attempt)))
  if (!error.success) return { reason: 'the renderer ended without a message' }
  const { message: reason, code } = error.data
  return code ? { reason, code } : { reason }
}
