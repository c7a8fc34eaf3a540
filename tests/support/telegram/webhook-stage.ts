import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { startTelegram } from '#lib/doors/telegram/when-set'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { usePace } from '#lib/pace'
import { forgetProcessWide } from '#lib/process-wide'
import { POST as webhook } from '../../../app/api/telegram/[bot]/route.ts'
import { startTelegramEmulator } from '../../emulators/telegram/telegram-emulator.ts'
import { waitUntil } from '../wait-until.ts'

const tokens = { first_bot: '1:first-secret', second_bot: '2:second-secret' }

// The studio's front door, for what Telegram sends.
const server = createServer((request, response) => {
  const answer = async () => {
    const name = request.url!.split('/').at(-1)!
    const headers = new Headers(request.headers as Record<string, string>)
    const init = { method: 'POST', headers, body: new Uint8Array(await buffer(request)) }
    const { status } = await webhook(new Request(`http://studio${request.url}`, init), {
      params: Promise.resolve({ bot: name }),
    })
    response.writeHead(status).end()
  }
  answer().catch(() => response.destroy())
})

/**
 * Two bots of this process that hear by webhook, where starts need credits and nothing is made: for what a chat is answered.
 */
export async function startWebhookStage() {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const studio = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const telegram = await startTelegramEmulator({ bots: tokens })
  Object.assign(process.env, {
    ACCESS: 'members',
    BILLING: 'credits',
    PUBLIC_URL: studio,
    TELEGRAM_BOTS: `main=${tokens.first_bot}, second=${tokens.second_bot}`,
    TELEGRAM_API_URL: telegram.url,
    CHAT_MESSAGES_A_MINUTE: '6',
    KIE_API_KEY: 'key',
    KIE_BASE_URL: 'http://127.0.0.1:1',
  })
  for (const name of ['env', 'providers', 'telegram bots']) forgetProcessWide(name)
  usePace(JSON.stringify({ telegramLookMs: 50, telegramEditMs: 100, leaseMs: 2_000 }))
  await startQueue()
  const running = startTelegram()
  await waitUntil(() => telegram.books.every(({ webhook: set }) => set !== undefined))
  return {
    telegram,
    studio,
    async close() {
      await running.stop()
      await stopQueue(1_000)
      await telegram.close()
      server.close()
    },
  }
}
