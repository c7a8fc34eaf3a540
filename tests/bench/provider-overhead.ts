import { createServer } from 'node:http'
import { eq } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { database } from '#lib/db/client'
import { attempt } from '#lib/db/generation-schema'
import type { Emulator } from '../emulators/emulator.ts'
import { startKieEmulator } from '../emulators/kie/kie-emulator.ts'
import { freePort } from '../support/free-port.ts'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { listen } from './support/servers/listen.ts'
import { type Owner, makeOwner } from './support/owner.ts'
import { percentile } from './support/percentiles.ts'
import { runServer } from './support/servers/run-server.ts'
import { readStream } from './support/clients/stream-reader.ts'

const apiKey = 'bench-key'
const runs = 20

/**
 * What we add to a provider's own time. A generation from the click to the news that it is ready, next to the bare
 * least: submit, wait for the webhook, look, download. And a webhook from its arrival to the browser's first news of
 * it, next to the one look at the provider that nothing can do without.
 */
export async function providerOverhead(): Promise<Figure[]> {
  const emulator = await startKieEmulator({ apiKey })
  const port = await freePort()
  await using product = await runServer({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    KIE_API_KEY: apiKey,
    KIE_BASE_URL: emulator.url,
    KIE_UPLOAD_URL: emulator.url,
  })
  const owner = await makeOwner(product.port)
  const ours: number[] = []
  const bare: number[] = []
  const webhooks: number[] = []
  const looks: number[] = []
  for (let run = 0; run < runs; run++) {
    ours.push(await generate(port, owner, `overhead ${run}`))
    bare.push(await generateBare(emulator))
    const { webhookMs, lookMs } = await sendWebhook(port, owner, emulator, `webhook ${run}`)
    webhooks.push(webhookMs)
    looks.push(lookMs)
  }
  await emulator.close()
  return [
    ...figures('click to ready, a job of 0.3 s', ours, 'the provider alone', bare),
    ...figures('webhook to browser', webhooks, 'one look at the provider', looks),
  ]
}

function figures(name: string, ours: number[], baseline: string, theirs: number[]): Figure[] {
  return [0.5, 0.99].map((share) => ({
    name: `${name}, p${share * 100}`,
    unit: 'ms',
    ours: percentile(ours, share),
    baseline: { name: baseline, value: percentile(theirs, share) },
  }))
}

async function start(port: number, { cookie }: Owner, prompt: string) {
  const response = await fetch(`http://127.0.0.1:${port}/api/generate/video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ prompt, model: 'veo-3.1-fast' }),
  })
  const { fileId } = (await response.json()) as { fileId: string }
  return { fileId, stream: await readStream(port, fileId, cookie) }
}

async function generate(port: number, owner: Owner, prompt: string) {
  const begin = now()
  const { stream } = await start(port, owner, prompt)
  const ready = await stream.told('completed')
  stream.close()
  return ready - begin
}

/** A job that is over, and whose webhook we send ourselves, so that its arrival is known. */
async function sendWebhook(port: number, owner: Owner, emulator: Emulator, name: string) {
  const prompt = `${name} #kie:webhook-none #kie:seconds=0.6`
  const { fileId, stream } = await start(port, owner, prompt)
  await stream.told('waiting')
  await sleep(1_000)
  const { idempotencyKey, providerJobId } = await attemptOf(fileId)
  const begin = now()
  await fetch(`http://127.0.0.1:${port}/api/webhooks/kie?token=${idempotencyKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: 200, msg: 'ok', data: { taskId: providerJobId } }),
  })
  const told = await stream.told('storing')
  stream.close()
  const lookBegin = now()
  await look(emulator, providerJobId!)
  return { webhookMs: told - begin, lookMs: now() - lookBegin }
}

async function attemptOf(fileId: string) {
  const [row] = await database().select().from(attempt).where(eq(attempt.generationId, fileId))
  if (!row) throw new Error('nothing was tried')
  return row
}

async function generateBare(emulator: Emulator) {
  const told = Promise.withResolvers<void>()
  const server = createServer((_request, response) => {
    response.end()
    told.resolve()
  })
  const port = await listen(server)
  const begin = now()
  const response = await fetch(`${emulator.url}/api/v1/veo/generate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({
      prompt: 'bare',
      model: 'veo3_fast',
      callBackUrl: `http://127.0.0.1:${port}/`,
    }),
  })
  const { data } = (await response.json()) as { data: { taskId: string } }
  await told.promise
  const { response: made } = await look(emulator, data.taskId)
  const video = await fetch(made.resultUrls[0]!)
  await video.arrayBuffer()
  const tookMs = now() - begin
  server.close()
  return tookMs
}

async function look(emulator: Emulator, taskId: string) {
  const answer = await fetch(`${emulator.url}/api/v1/veo/record-info?taskId=${taskId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  })
  const { data } = (await answer.json()) as { data: { response: { resultUrls: string[] } } }
  return data
}
