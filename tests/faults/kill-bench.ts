import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createKieProvider } from '#lib/ai/providers/kie/kie-provider'
import { databaseAddress } from '#lib/db/client'
import type { Webhook } from '#lib/generations/webhooks/webhooks'
import { startKieEmulator } from '../emulators/kie/kie-emulator.ts'

/** What a child is told. */
export interface ChildOrder {
  databaseUrl: string
  kieUrl: string
  apiKey: string
  webhookHmacKey: string
  /** Where Kie sends its webhooks. */
  publicUrl: string
  /** Storage and scratch space. */
  folder: string
  fileIds: string[]
  /** The boundary at which it kills itself; 0 for never. */
  killAt: number
}

const apiKey = 'kie-test-key'
const webhookHmacKey = 'webhook-test-key'

/** An emulated Kie, an address that keeps its webhooks unread, and child processes that drive files and may die. */
export async function startKillBench() {
  const kie = await startKieEmulator({ apiKey, webhookHmacKey, credits: 1_000_000 })
  const letterBox = await startLetterBox()
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-kill-'))
  const common = { kieUrl: kie.url, apiKey, webhookHmacKey, folder, publicUrl: letterBox.url }

  return {
    kie,
    provider: createKieProvider({ apiKey, webhookHmacKey, baseUrl: kie.url, uploadUrl: kie.url }),
    webhooks: letterBox.webhooks,
    /** Runs a child to its end. `boundaries` is null where it was killed. */
    run: (fileIds: string[], killAt = 0) =>
      runChild({ ...common, fileIds, killAt, databaseUrl: databaseAddress() }),
    async close() {
      await Promise.all([kie.close(), letterBox.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

// A hang is what they are for: far beyond what a child takes on a machine that is busy with other things.
const childTimeoutMs = 300_000
const fileTimeoutMs = 10_000

function runChild(order: ChildOrder): Promise<{ boundaries: number | null }> {
  const script = join(import.meta.dirname, 'killable-child.ts')
  const timeout = childTimeoutMs + fileTimeoutMs * order.fileIds.length
  const options = { timeout, killSignal: 'SIGTERM' } as const
  return new Promise((resolve, reject) => {
    const args = [script, JSON.stringify(order)]
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (!error) resolve(JSON.parse(stdout))
      else if (error.signal === 'SIGKILL') resolve({ boundaries: null })
      else reject(new Error(`a child failed: ${stderr}`, { cause: error }))
    })
  })
}

/** A webhook, and when it came: its signature is good for some minutes, and a busy machine may take longer. */
interface KeptWebhook extends Webhook {
  cameAt: Date
}

/** Takes in webhooks and reads none: the process that would have is dead. */
async function startLetterBox() {
  const webhooks: KeptWebhook[] = []
  const server = createServer((request, response) => {
    const kept = readWebhook(request).then((one) => webhooks.push(one))
    kept.finally(() => response.end()).catch(() => {})
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    webhooks,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function readWebhook(request: IncomingMessage): Promise<KeptWebhook> {
  const cameAt = new Date()
  const body = await buffer(request)
  const asked = new URL(request.url ?? '/', 'http://letter.box')
  return {
    provider: asked.pathname.split('/').at(-1)!,
    idempotencyKey: asked.searchParams.get('token') ?? '',
    headers: new Headers(Object.entries(request.headers) as [string, string][]),
    body,
    cameAt,
  }
}
