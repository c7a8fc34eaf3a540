'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Dialog } from '#components/ui/overlay/dialog'
import { showToast } from '#components/ui/toast/show-toast'
import type { CanvasPlan, PlannedNode } from '#lib/contract/canvas/run'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { message } from '#lib/messages/message'
import { useFormat, useSay } from '#lib/messages/use-say'
import { StartRefusal } from '../../people/money/start-refusal.tsx'
import { type Scope, usePlan } from './use-plan.ts'

interface RunDialogProps {
  doc: CanvasDoc
  /** The media nodes that are selected. */
  selected: readonly string[]
  nameOf: (id: string) => string
  isOpen: boolean
  onClose: () => void
}

/** What a run makes, in which order, and one total, before anything is spent. */
export function RunDialog({ doc, selected, nameOf, isOpen, onClose }: RunDialogProps) {
  const t = useTranslations('canvasRun')
  const [chosen, setScope] = useState<Scope>('these')
  const scope = selected.length === 0 ? 'all' : chosen
  const planned = usePlan({
    doc,
    scope,
    nodes: selected,
    isOpen,
    onDone: (done) => {
      showToast({ kind: 'success', title: message(`canvasRun.done.${done}`) })
      onClose()
    },
  })
  const { plan, problem, isBusy, read } = planned
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <div className="max-w-prose space-y-6">
        {selected.length > 0 && (
          <ChoiceGroup
            label={t('what')}
            name="run-scope"
            options={scopes}
            value={scope}
            onChange={setScope}
            nameOf={(one) => t(`scope.${one}`)}
          />
        )}
        {plan ? (
          <PlanList plan={plan} nameOf={nameOf} />
        ) : (
          !problem && <p className="text-sm text-soft">{t('planning')}</p>
        )}
        {problem && <StartRefusal problem={problem} />}
        {read && (
          <RunButtons
            plan={read.plan}
            isBusy={isBusy}
            onRun={() => void planned.start(read)}
            onCancelRuns={() => void planned.cancel()}
          />
        )}
      </div>
    </Dialog>
  )
}

const scopes = ['these', 'from', 'all'] as const

function PlanList({ plan, nameOf }: { plan: CanvasPlan; nameOf: (id: string) => string }) {
  const t = useTranslations('canvasRun')
  if (plan.nodes.length === 0) return <p className="text-sm text-soft">{t('empty')}</p>
  return (
    <ol className="divide-y divide-hairline border-y border-hairline">
      {inOrder(plan.nodes).map((node) => (
        <li key={node.nodeId} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
          <span dir="auto" className="min-w-0 flex-1 basis-48 truncate font-medium">
            {nameOf(node.nodeId)}
          </span>
          <PlannedFacts node={node} />
        </li>
      ))}
    </ol>
  )
}

/** What is made first comes first; what is used as it is comes last. */
function inOrder(nodes: readonly PlannedNode[]) {
  const place = (node: PlannedNode) => {
    if (node.does === 'refuse') return 0
    return node.does === 'make' ? node.order : Infinity
  }
  return nodes.toSorted((a, b) => place(a) - place(b))
}

function PlannedFacts({ node }: { node: PlannedNode }) {
  const t = useTranslations('canvasRun')
  const say = useSay()
  const format = useFormat()
  if (node.does === 'refuse')
    return <span className="basis-full text-sm text-signal-ink">{say(node.why)}</span>
  if (node.does !== 'make')
    return <span className="text-sm text-soft">{t(`does.${node.does}`)}</span>
  const { order, modelLabel, usd } = node
  return (
    <span className="text-sm text-soft tabular-nums">
      {t('makes', { order, model: modelLabel, price: format.usd(usd) })}
    </span>
  )
}

interface RunButtonsProps {
  plan: CanvasPlan
  isBusy: boolean
  onRun: () => void
  onCancelRuns: () => void
}

function RunButtons({ plan, isBusy, onRun, onCancelRuns }: RunButtonsProps) {
  const t = useTranslations('canvasRun')
  const format = useFormat()
  const { usd, upToUsd, canRun } = plan
  const isRunning = plan.nodes.some(({ does }) => does === 'wait')
  const isRefused = plan.nodes.some(({ does }) => does === 'refuse')
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" disabled={!canRun || isBusy} onClick={onRun}>
          <span>{usd > 0 ? t('runFor', { price: format.usd(usd) }) : t('runFree')}</span>
        </Button>
        {isRunning && (
          <Button disabled={isBusy} onClick={onCancelRuns}>
            <span>{t('cancelRuns')}</span>
          </Button>
        )}
      </div>
      {isRunning && <p className="text-sm text-soft">{t('cancelNote')}</p>}
      {!canRun && <p className="text-sm text-soft">{isRefused ? t('refused') : t('nothing')}</p>}
      {upToUsd > usd && (
        <p className="text-sm text-soft">{t('upTo', { price: format.usd(upToUsd) })}</p>
      )}
    </div>
  )
}
