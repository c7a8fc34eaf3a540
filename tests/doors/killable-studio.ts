import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseAddress } from '#lib/db/client'
import { freePort } from '../support/free-port.ts'

/** What a studio's process is told. */
export interface StudioOrder {
  databaseUrl: string
  port: number
}

/** The doors for programs in a process of their own, at one address, to be killed and started again. */
export async function killableStudio(variables: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-doors-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined

  async function start() {
    const order: StudioOrder = { databaseUrl: databaseAddress(), port }
    const script = join(import.meta.dirname, 'studio-child.ts')
    const env = { ...process.env, ...variables, DATA_DIR: folder, PUBLIC_URL: url }
    child = spawn(process.execPath, [script, JSON.stringify(order)], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit').then(() => {
      throw new Error('the studio ended before it was ready')
    })
    await Promise.race([once(child.stdout!, 'data'), ended])
    ended.catch(() => {})
  }

  async function kill() {
    const running = child
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill('SIGKILL')
    await ended
  }

  return {
    url,
    start,
    kill,
    async close() {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
