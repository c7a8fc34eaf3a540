import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAllEmulators } from './all-emulators.ts'
import { faults } from './faults.ts'
import { renderedFilms } from './rendered-films.ts'
import { startStripeEmulator } from './stripe/stripe-emulator.ts'

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
process.stdout.write(`${JSON.stringify({ ...variables, ...payments })}\n`)
for (const { id, url } of Object.values(emulators))
  process.stderr.write(`Emulating ${id} at ${url}, its books at ${url}/_emulator/jobs\n`)
const width = Math.max(...Object.keys(faults).map((name) => name.length))
const lines = Object.entries(faults).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`)
process.stderr.write(
  `Write a fault into a prompt, as in "a fox #kie:402" or "rain #vertex:seconds=20":\n${lines.join('\n')}\n`,
)

/** Stripe too, with starts that need a balance: pay on its page, and the credits are there. */
async function startPayments() {
  const secrets = { secretKey: 'sk_test_emulator', webhookSecret: 'whsec_emulator' }
  const product = `http://127.0.0.1:${process.env.PORT ?? '3000'}${process.env.BASE_PATH ?? ''}`
  const webhookUrl = `${product}/api/webhooks/stripe`
  const { url } = await startStripeEmulator({ ...secrets, webhookUrl })
  process.stderr.write(`Emulating stripe at ${url}\n`)
  return {
    BILLING: 'credits',
    STRIPE_SECRET_KEY: secrets.secretKey,
    STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
    STRIPE_API_URL: url,
  }
}
