import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllEmulators } from './all-emulators.ts'
import { faults } from './faults.ts'
import { renderedFilms } from './rendered-films.ts'
import { startInngestEmulator } from './inngest/inngest-emulator.ts'
import { startStripeEmulator } from './stripe/stripe-emulator.ts'
import { receiver } from '../support/notices/receiver.ts'
import { startTelegramEmulator } from './telegram/telegram-emulator.ts'

// Run by `npm run emulators`: every provider on this machine, without a key and without a bill, and the product
// configured for them. Finished videos are drawn from their prompts. Prints the variables as one line of JSON for the
// script that starts the product.

const folder = await mkdtemp(join(tmpdir(), 'photofinish-films-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const ending of ['SIGTERM', 'SIGHUP', 'disconnect'])
  process.once(ending, () => process.exit(0))
// Ctrl+C reaches us too; the product asks until its end, so we wait to be told.
process.on('SIGINT', () => {})
const { emulators, variables } = await startAllEmulators({ filmOf: renderedFilms(folder) })
const payments = process.argv.includes('--payments') ? await startPayments() : {}
const telegram = await startTelegram()
const inngest = await startInngest()
const program = await startProgram()
process.stdout.write(
  `${JSON.stringify({ ...variables, ...payments, ...telegram, ...inngest, ...program })}\n`,
)
for (const { id, url } of Object.values(emulators))
  process.stderr.write(`Emulating ${id} at ${url}, its books at ${url}/_emulator/jobs\n`)
const width = Math.max(...Object.keys(faults).map((name) => name.length))
const lines = Object.entries(faults).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`)
process.stderr.write(
  `Write a fault into a prompt, as in "a fox #kie:402" or "rain #vertex:seconds=20":\n${lines.join('\n')}\n`,
)

/** A user's own program, which takes every event it is sent. */
async function startProgram() {
  const { url } = await receiver((response) => response.writeHead(204).end())
  process.stderr.write(
    `A program takes webhooks at ${url}: add it at /account/notices, or as callbackUrl. What it got: ${new URL('/_emulator/events', url).href}\n`,
  )
  return { NOTICES_TO_LOOPBACK: 'on' }
}

/** Telegram: a bot, and chats that are written into with curl. */
async function startTelegram() {
  const token = '1:emulator'
  const { url } = await startTelegramEmulator({ bots: { photofinish_bot: token } })
  process.stderr.write(
    `Emulating telegram at ${url}, its chats at ${url}/_emulator/chats. Write to the bot as the user 1:\n` +
      `  curl ${url}/_emulator/say -H 'content-type: application/json' -d '{"chat":1,"text":"/start"}'\n` +
      `  and with /press {"chat":1,"label":"…"}, /photo {"chat":1,"text":"…","image":"<base64>"}, /block, /fault {"method":"sendVideo","does":"429"}\n`,
  )
  return { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: url }
}

/** An executor of Inngest, which has the product register with it once that runs. */
async function startInngest() {
  const { url, settings, sync } = await startInngestEmulator()
  const { eventKey, signingKey } = settings
  process.stderr.write(
    `Emulating inngest at ${url}: send events to ${url}/e/${eventKey}, its runs at ${url}/_emulator/runs\n`,
  )
  const register = async () => {
    if ((await sync(`${product()}/api/inngest`)) === 200) clearInterval(trying)
  }
  const trying = setInterval(() => void register(), 2_000)
  return {
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_BASE_URL: url,
  }
}

function product() {
  return `http://127.0.0.1:${process.env.PORT ?? '3000'}${process.env.BASE_PATH ?? ''}`
}

/** Stripe too, with starts that need a balance: pay on its page, and the credits are there. */
async function startPayments() {
  const secrets = { secretKey: 'sk_test_emulator', webhookSecret: 'whsec_emulator' }
  const webhookUrl = `${product()}/api/webhooks/stripe`
  const { url } = await startStripeEmulator({ ...secrets, webhookUrl })
  process.stderr.write(`Emulating stripe at ${url}\n`)
  return {
    BILLING: 'credits',
    STRIPE_SECRET_KEY: secrets.secretKey,
    STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
    STRIPE_API_URL: url,
  }
}
