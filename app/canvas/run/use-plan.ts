'use client'

import { useState } from 'react'
import useSWR from 'swr'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import { cancelRuns, planCanvas, runCanvas, saidOfCanceled } from '#lib/ai/api/canvas/run-canvas'
import type { CanvasPlan, CanvasRunRequest } from '#lib/contract/canvas/run'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { message, type MessageRef } from '#lib/messages/message'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'

export type Scope = CanvasRunRequest['scope']

interface PlanOptions {
  doc: CanvasDoc
  scope: Scope
  nodes: readonly string[]
  isOpen: boolean
  /** Called with what is said once it is started, or canceled. */
  onDone: (says: MessageRef) => void
}

/** The plan of a run, read for what is chosen, and what can be done with it. */
export function usePlan({ doc, scope, nodes, isOpen, onDone }: PlanOptions) {
  const request = { scope, nodes: scope === 'all' ? [] : [...nodes] }
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const key = isOpen ? ['plan of a canvas', doc.id, scope, request.nodes.join()] : null
  const { data, error, mutate } = useSWR(key, () => plan(doc, request), once)
  const act = async (work: () => Promise<MessageRef>) => {
    setIsBusy(true)
    setProblem(null)
    try {
      const says = await work()
      // Opened again, it is planned again: until then nothing is shown.
      await mutate(undefined, { revalidate: false })
      onDone(says)
    } catch (why) {
      if (!(why instanceof ProblemError)) throw why
      setProblem(why.problem)
      // What it would cost now may be why.
      await mutate()
    } finally {
      setIsBusy(false)
    }
  }
  const failure = error instanceof ProblemError ? error.problem : null
  return {
    plan: data?.plan,
    problem: problem ?? failure,
    isBusy,
    // The key is of the plan: a click that is sent twice is one run.
    start: ({ plan: { upToUsd }, key: planKey }: Read) =>
      act(async () => {
        await runCanvas(doc.id, { ...request, maxUsd: upToUsd }, planKey)
        return message('canvasRun.started')
      }),
    cancel: () => act(async () => saidOfCanceled(await cancelRuns(doc.id))),
    read: data,
  }
}

interface Read {
  plan: CanvasPlan
  key: string
}

const once = { revalidateOnFocus: false, revalidateOnReconnect: false, shouldRetryOnError: false }

/** The server plans what it knows of: what was done here is sent first. */
async function plan(doc: CanvasDoc, request: CanvasRunRequest): Promise<Read> {
  await doc.flush()
  return { plan: await planCanvas(doc.id, request), key: newIdempotencyKey() }
}
