import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { ChildCommand } from './child-command.ts'
import { reportCrash } from './crash-report.ts'
import { createJsonFile, readJsonFile } from './json-file.ts'
import type { RenderFiles } from './render-files.ts'
import { renderProgressSchema } from './render-progress.ts'

export interface RenderChildrenOptions {
  command: ChildCommand
  maxChildren: number
  /** Time without getting further after which a child is killed as hung. */
  hangAfterMs: number
}

interface LiveChild {
  process: ChildProcess
  /** Resolves when it is gone and its error, if any, is written. */
  gone: Promise<void>
  /** Why we killed it, if we did; `null` reason means it is no crash. */
  killed: { reason: string | null } | null
}

/** The render children of this process: starts them, watches them, kills them. */
export interface RenderChildren {
  owns(files: RenderFiles): boolean
  /** Starts the attempt unless there is no free place or another process claimed it first. */
  start(files: RenderFiles, attempt: number): Promise<boolean>
  /** Kills the render's child, if it is ours, and waits until it is gone. */
  stop(files: RenderFiles): Promise<void>
  stopAll(): Promise<void>
}

export function createRenderChildren(options: RenderChildrenOptions): RenderChildren {
  const live = new Map<string, LiveChild>()
  /** Places taken while the claim is being written, so that two starts do not share the last one. */
  let starting = 0

  const start = async (files: RenderFiles, attempt: number) => {
    if (live.size + starting >= options.maxChildren) return false
    starting += 1
    try {
      if (!(await createJsonFile(files.attempt(attempt), { startedAt: Date.now() }))) return false
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
    // The channel tells the child of our death; it must not keep us alive.
    child.unref()
    child.channel?.unref()
    return child
  } finally {
    closeSync(log)
  }
}

/** Kills a child that lives but gets nowhere. A child whose event loop stands still has an old time as well. */
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
  // The event loop must live until the end that is waited for.
  child.process.ref()
  child.process.kill('SIGKILL')
  await child.gone
}
