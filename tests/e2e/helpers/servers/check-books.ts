import { existsSync } from 'node:fs'
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBeside } from '#lib/db/embedded/open-beside'
import { checkLedger, describeLedger, isSound } from '#lib/money/check'
import { forgetProcessWide } from '#lib/process-wide'

/** A line for each server that was checked; `npm test` closes with the sum of them. */
const tally = fileURLToPath(new URL('../../../../test-results/ledgers.jsonl', import.meta.url))
const patienceMs = 60_000

// One at a time: a process has one database open.
let turn: Promise<unknown> = Promise.resolve()

/** Checks the ledger of a server at its end, as `npm run admin -- ledger check` does. Rejects where it does not fit. */
export function checkBooks(dataFolder: string): Promise<void> {
  const checked = turn.then(() => check(dataFolder))
  turn = checked.catch(() => {})
  return checked
}

async function check(dataFolder: string) {
  // One that never came up has no books, and one that was disposed of has had them checked.
  if (!existsSync(join(dataFolder, 'postgres', 'PG_VERSION'))) return
  const signal = AbortSignal.timeout(patienceMs)
  const close = await openBeside({ dataFolder, databaseUrl: undefined, signal })
  try {
    const report = await checkLedger()
    await mkdir(dirname(tally), { recursive: true })
    await appendFile(tally, `${JSON.stringify(report)}\n`)
    if (!isSound(report)) throw new Error(describeLedger(report))
  } finally {
    await close()
    for (const name of ['database pool', 'database']) forgetProcessWide(name)
  }
}
