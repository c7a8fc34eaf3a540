'use client'

import { useTranslations } from 'next-intl'
import { type ClipboardEvent, useCallback, useState } from 'react'
import { batchMaxRows } from '#lib/contract/library/batch'
import { filledRows, type ReadTable } from '../form/rows.ts'
import type { BatchForm } from '../use-batch.ts'

/** Fills many rows at once: a pasted table from the row it was pasted into on, a file behind what is typed. */
export function useFill({ setRows }: Pick<BatchForm, 'setRows'>) {
  const t = useTranslations('batch')
  const [note, setNote] = useState<string>()
  const take = useCallback(
    (read: ReadTable, key?: string) => {
      setRows((known) => {
        const at = key === undefined ? -1 : known.findIndex((row) => row.key === key)
        const before = key === undefined ? filledRows(known) : known.slice(0, at)
        const after = key === undefined ? [] : known.slice(at + 1)
        return [...before, ...read.rows, ...after].slice(0, batchMaxRows)
      })
      const { unknown, left } = read
      const notes = [
        t('taken', { count: read.rows.length }),
        unknown.length > 0 && t('unknownColumns', { columns: unknown.join(', ') }),
        left > 0 && t('tooMany', { count: left, atMost: batchMaxRows }),
      ]
      setNote(notes.filter(Boolean).join(' '))
    },
    [setRows, t],
  )
  const paste = useCallback(
    (event: ClipboardEvent, key: string) => {
      const text = event.clipboardData.getData('text/plain')
      if (!/[\n\t]/.test(text.trim())) return
      event.preventDefault()
      void readText(text).then((read) => take(read, key))
    },
    [take],
  )
  const open = async (file: File) => take(await readText(await file.text()))
  /** `note` says what was taken in, and what was not. */
  return { note, open, paste }
}

/** The parser of tables is loaded with the first one. */
async function readText(text: string) {
  const { readTable } = await import('../form/read-table.ts')
  return readTable(text)
}
