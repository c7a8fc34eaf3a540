import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { ChildCommand } from './child-command.ts'
import { createJsonFile, readJsonFile } from './durable-files.ts'
import type { RenderFiles } from './render-files.ts'
import { type AttemptClaim, renderProgressSchema } from './render-state.ts'

export interface RenderChildrenOptions {
  command: ChildCommand
  maxChildren: number
  /** Time without progress after which a child is killed as hung. */
  hangAfterMs: number
}

interface LiveChild {
  process: ChildProcess
  /** Resolves once the child has exited and its error, if any, is written. */
  gone: Promise<void>
  /** Set once we kill it. A `null` reason is not recorded as a crash. */
  killed: { reason: string | null } | null
}

/** The render children of this process: starts them, watches them, kills them. */
export interface RenderChildren {
  owns(files: RenderFiles): boolean
  /** Starts the attempt. False where all slots are taken or another process has claimed it. */
  start(files: RenderFiles, attempt: number): Promise<boolean>
  /** Kills the render's child, if this process started it, and waits until it has exited. */
  stop(files: RenderFiles): Promise<void>
  stopAll(): Promise<void>
}

export function createRenderChildren(options: RenderChildrenOptions): RenderChildren {
  const live = new Map<string, LiveChild>()
  /** Slots reserved while a claim is written, so that two starts do not share the last one. */
  let starting = 0

  const start = async (files: RenderFiles, attempt: number) => {
    if (live.size + starting >= options.maxChildren) return false
    starting += 1
    try {
      if (!(await createJsonFile(files.attempt(attempt), claim()))) return false
      live.set(
        files.directory,
        launch(files, attempt, options, () => live.delete(files.directory)),
      )
      return true
    } finally {
      starting -= 1
    }
  }

  const stop = async (files: RenderFiles) => {
    const child = live.get(files.directory)
    if (child) await kill(child, null)
  }

  return {
    owns: (files) => live.has(files.directory),
    start,
    stop,
    stopAll: async () => {
      await Promise.all([...live.values()].map((child) => kill(child, null)))
    },
  }
}

function claim(): AttemptClaim {
  return { startedAt: Date.now(), by: { pid: process.pid, host: hostname() } }
}

function launch(
  files: RenderFiles,
  attempt: number,
  options: RenderChildrenOptions,
  forget: () => void,
): LiveChild {
  const spawned = spawnChild(files, attempt, options.command)
  const { promise: gone, resolve } = Promise.withResolvers<void>()
  const child: LiveChild = { process: spawned, gone, killed: null }
  const watchdog = watch(child, files, attempt, options.hangAfterMs)

  let ended = false
  const end = async (reason: string | null) => {
    if (ended) return
    ended = true
    clearInterval(watchdog)
    const crash = child.killed ? child.killed.reason : reason
    if (crash !== null) await reportCrash(files, attempt, crash)
    forget()
    resolve()
  }
  spawned.once('error', (error) => void end(error.message))
  spawned.once(
    'exit',
    (code, signal) => void end(code === 0 ? null : `ended with ${signal ?? code}`),
  )
  return child
}

function spawnChild(files: RenderFiles, attempt: number, command: ChildCommand) {
  const log = openSync(files.log(attempt), 'w')
  try {
    const child = spawn(
      /* turbopackIgnore: true */ command.execPath,
      [...command.nodeArguments, command.scriptPath, files.directory, String(attempt)],
      {
        stdio: ['ignore', log, log, 'ipc'],
        env: command.environment,
        windowsHide: true,
      },
    )
    // The IPC channel tells the child when this process dies; it must not keep this process alive.
    child.unref()
    child.channel?.unref()
    return child
  } finally {
    closeSync(log)
  }
}

/** Kills a child that makes no progress. A blocked event loop counts: it stops reporting. */
function watch(child: LiveChild, files: RenderFiles, attempt: number, hangAfterMs: number) {
  let advancedAt = Date.now()
  const look = async () => {
    const parsed = renderProgressSchema.safeParse(await readJsonFile(files.progress))
    if (parsed.success && parsed.data.attempt === attempt) {
      advancedAt = Math.max(advancedAt, parsed.data.advancedAt)
    }
    if (Date.now() - advancedAt > hangAfterMs)
      await kill(child, `no progress for ${hangAfterMs} ms`)
  }
  return setInterval(() => void look(), Math.min(1000, hangAfterMs / 2)).unref()
}

async function kill(child: LiveChild, reason: string | null) {
  child.killed ??= { reason }
  // Keeps the event loop alive until the child has exited, so that awaiting `gone` always resolves.
  child.process.ref()
  child.process.kill('SIGKILL')
  await child.gone
}

/** How much of the end of a child's output goes to our log. */
const tailCharacters = 2000

/** Records why an attempt failed, unless the child has recorded it. The directory may no longer exist. */
export async function reportCrash(files: RenderFiles, attempt: number, reason: string) {
  const output = await readFile(files.log(attempt), 'utf8').catch(() => '')
  const tail = output.slice(-tailCharacters).trim()
  const message = tail ? `${reason}: ${tail}` : reason
  await createJsonFile(files.error(attempt), { message }).catch(() => false)
}
