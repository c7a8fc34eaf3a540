'use client'

import { useCallback, useRef, useState } from 'react'
import useSWR, { useSWRConfig } from 'swr'
import { cancelBatch, estimateBatch, readBatches, startBatch } from '#lib/ai/api/batch'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import {
  type BatchEstimate,
  type BatchRequest,
  type BatchSummary,
  batchMaxRows,
} from '#lib/contract/library/batch'
import type { MediaType } from '#lib/contract/generation'
import { type Problem, ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import { emptyRow, faultsByRow, filledRows, type Row, toBatchRequest } from './form/rows.ts'

const listKey = 'batches'
const pollMs = 10_000

/** The newest batches, read again while one of them has not ended. */
export function useBatches() {
  const { data, error } = useSWR(listKey, readBatches, {
    refreshInterval: (batches) => (batches?.some((batch) => openIn(batch) > 0) ? pollMs : 0),
  })
  const { mutate } = useSWRConfig()
  const reload = () => void mutate(listKey)
  const cancel = (id: string) => cancelBatch(id).finally(reload)
  return {
    batches: data,
    hasFailed: error !== undefined,
    cancel,
    reload,
  }
}

/** How many of a batch have not ended. */
export function openIn({ counts }: BatchSummary) {
  return counts.pending + counts.processing
}

/** What is known of the very rows that are on the screen. */
interface Checked {
  request: string
  estimate?: BatchEstimate
  faults?: ReadonlyMap<string, Sentence[]>
  problem?: Problem
}

/** The table of a new batch: typed, checked for its price, started. */
export function useBatchForm() {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<MediaType>('video')
  const table = useRows()
  const request = toBatchRequest(table.rows, name, kind)
  const asked = JSON.stringify(request)
  const { checked, busy, attempt } = useChecked(asked, table.rows)
  const keyOf = useKeys()
  const { mutate } = useSWRConfig()
  const start = async (agreed: BatchRequest) => {
    await startBatch(agreed, keyOf(agreed))
    table.setRows([emptyRow()])
    setName('')
    await mutate(listKey)
  }
  return {
    name,
    setName,
    kind,
    setKind,
    ...table,
    busy,
    checked,
    check: () => attempt('checking', () => estimateBatch(request)),
    /** For at most what was said: a price that has risen since is asked about again. */
    start: () =>
      attempt('starting', () => start({ ...request, maxUsd: checked?.estimate?.upToUsd ?? null })),
  }
}

export type BatchForm = ReturnType<typeof useBatchForm>

function useRows() {
  const [rows, setRows] = useState<readonly Row[]>(() => [emptyRow()])
  const change = useCallback(
    (key: string, part: Partial<Row>) =>
      setRows((known) => known.map((row) => (row.key === key ? { ...row, ...part } : row))),
    [],
  )
  const remove = useCallback(
    (key: string) =>
      setRows((known) => {
        const left = known.filter((row) => row.key !== key)
        return left.length > 0 ? left : [emptyRow()]
      }),
    [],
  )
  return {
    rows,
    setRows,
    change,
    remove,
    count: filledRows(rows).length,
    isFull: rows.length >= batchMaxRows,
    isUploading: rows.some(({ picture }) => picture && !picture.id && !picture.problem),
  }
}

/** What the server says of these very rows: once they are changed, nothing. */
function useChecked(request: string, rows: readonly Row[]) {
  const [checked, setChecked] = useState<Checked>()
  const [busy, setBusy] = useState<'checking' | 'starting'>()
  const attempt = async (
    what: 'checking' | 'starting',
    call: () => Promise<BatchEstimate | void>,
  ) => {
    setBusy(what)
    try {
      const estimate = await call()
      setChecked(estimate ? { request, estimate } : undefined)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const { problem } = error
      setChecked({ request, problem, faults: faultsByRow(rows, problem.errors ?? []) })
    } finally {
      setBusy(undefined)
    }
  }
  return { checked: checked?.request === request ? checked : undefined, busy, attempt }
}

/** One idempotency key for one intention: sent again after a lost answer, it is the same batch. */
function useKeys() {
  const intention = useRef({ request: '', key: '' })
  return (agreed: BatchRequest) => {
    const request = JSON.stringify(agreed)
    if (intention.current.request !== request)
      intention.current = { request, key: newIdempotencyKey() }
    return intention.current.key
  }
}
