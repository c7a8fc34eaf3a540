import { usagePage } from './usage.ts'
import { type UsageEntryRefs, usageEntries } from './usage-entries.ts'

const pageSize = 500

const columns: [name: string, cell: (entry: UsageEntryRefs) => string | number | null][] = [
  ['created_at', ({ createdAt }) => createdAt],
  ['settled_at', ({ settledAt }) => settledAt],
  ['video', ({ fileId }) => fileId],
  ['model', ({ modelLabel }) => modelLabel],
  ['model_id', ({ model }) => model],
  ['prompt', ({ prompt }) => prompt],
  ['state', ({ state }) => state],
  ['held_usd', ({ heldUsd }) => heldUsd],
  ['charged_usd', ({ chargedUsd }) => chargedUsd],
  ['returned_usd', ({ returnedUsd }) => returnedUsd],
  ['providers', ({ attempts }) => attempts.map(({ provider }) => provider).join(' > ')],
  ['user', ({ userId }) => userId],
  ['api_key', ({ keyId }) => keyId],
]

/** All of an owner's usage as CSV (RFC 4180), newest first: a page at a time, as fast as it is read. */
export function usageCsv(ownerId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const lines = linesOf(ownerId)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => void lines.return(undefined),
  })
}

async function* linesOf(ownerId: string): AsyncGenerator<string, undefined> {
  // Spreadsheets read UTF-8 by this mark.
  yield `\uFEFF${csvLine(columns.map(([name]) => name))}`
  let cursor: string | undefined
  do {
    const page = await usagePage(ownerId, { cursor, limit: pageSize })
    const entries = await usageEntries(page.rows)
    yield entries.map((entry) => csvLine(columns.map(([, cell]) => cell(entry)))).join('')
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return undefined
}

function csvLine(cells: (string | number | null)[]) {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A text that a spreadsheet would take for a formula is told by an apostrophe that it is none. */
export function csvCell(cell: string | number | null) {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text =
    /^[\s\p{Cc}]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell) || /^[\t\r\n]/.test(cell)
      ? `'${cell}`
      : cell
  return /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
