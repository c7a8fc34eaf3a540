import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const lookMs = 50

export function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    // A zombie answers too, until its parent has buried it.
    return !/^State:\s+Z/m.test(statusOf(pid))
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Sends a signal; a process that has just gone is no error. */
export function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Whether the process is gone within the time. */
export async function isGoneWithin(pid: number, ms: number) {
  const deadline = Date.now() + ms
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(lookMs)
  }
  return true
}

/** Ends a process whose command line names `mark`: a number alone may belong to another process by now. */
export async function endProcess(pid: number, mark: string, name: NodeJS.Signals) {
  if (!isAlive(pid) || !commandOf(pid).includes(mark)) return
  signal(pid, name)
  if (!(await isGoneWithin(pid, 5_000))) signal(pid, 'SIGKILL')
}

function commandOf(pid: number) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

function statusOf(pid: number) {
  if (process.platform !== 'linux') return ''
  return readFileSync(`/proc/${pid}/status`, 'utf8')
}
