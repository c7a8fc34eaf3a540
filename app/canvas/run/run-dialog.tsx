'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Dialog } from '#components/ui/overlay/dialog'
import { showToast } from '#components/ui/toast/show-toast'
import type { CanvasPlan, PlannedNode } from '#lib/contract/canvas/run'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { useFormat, useSay } from '#lib/messages/use-say'
import { StartRefusal } from '../../people/money/start-refusal.tsx'
import { type Scope, usePlan } from './use-plan.ts'

interface RunDialogProps {
  doc: CanvasDoc
  /** The media nodes that are selected. */
  selected: readonly string[]
  /** What is planned first. */
  scope: Scope
  nameOf: (id: string) => string
  isOpen: boolean
  onClose: () => void
}

/** What a run makes, in which order, and one total, before anything is spent. */
export function RunDialog(props: RunDialogProps) {
  const { doc, selected, nameOf, isOpen, onClose } = props
  const t = useTranslations('canvasRun')
  const [scope, setScope] = useScope(props)
  const planned = usePlan({
    doc,
    scope,
    nodes: selected,
    isOpen,
    onDone: (says) => {
      showToast({ kind: 'success', title: says })
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
        <PlanSaid plan={plan} />
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

/** What was asked for at each opening, until another is chosen. */
function useScope({ scope: asked, isOpen }: Pick<RunDialogProps, 'scope' | 'isOpen'>) {
  const [scope, setScope] = useState(asked)
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (wasOpen !== isOpen) {
    setWasOpen(isOpen)
    if (isOpen) setScope(asked)
  }
  return [scope, setScope] as const
}

const scopes = ['these', 'from', 'all'] as const

/** Said to screen readers once the plan is there. */
function PlanSaid({ plan }: { plan: CanvasPlan | undefined }) {
  const t = useTranslations('canvasRun')
  const format = useFormat()
  const count = plan?.nodes.filter(({ does }) => does === 'make').length ?? 0
  return (
    <output className="sr-only">
      {plan && t('planned', { count, price: format.usd(plan.usd) })}
    </output>
  )
}

function PlanList({ plan, nameOf }: { plan: CanvasPlan; nameOf: (id: string) => string }) {
  const t = useTranslations('canvasRun')
  if (plan.nodes.length === 0) return <p className="text-sm text-soft">{t('empty')}</p>
  return (
    <ol className="divide-y divide-hairline border-y border-hairline">
      {inOrder(plan.nodes).map((node) => (
        <li
          key={node.does === 'frame' ? `${node.nodeId} ${node.at}` : node.nodeId}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-1 py-3"
        >
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
    return 'order' in node ? node.order : Infinity
  }
  return nodes.toSorted((a, b) => place(a) - place(b))
}

function PlannedFacts({ node }: { node: PlannedNode }) {
  const t = useTranslations('canvasRun')
  const say = useSay()
  const format = useFormat()
  if (node.does === 'refuse')
    return <span className="basis-full text-sm text-signal-ink">{say(node.why)}</span>
  if (node.does === 'frame')
    return (
      <span className="text-sm text-soft tabular-nums">
        {t('does.frame', { order: node.order, at: node.at })}
      </span>
    )
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
  const { usd, upToUsd, canRun, running } = plan
  const isRefused = plan.nodes.some(({ does }) => does === 'refuse')
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" disabled={!canRun || isBusy} onClick={onRun}>
          <span>{usd > 0 ? t('runFor', { price: format.usd(usd) }) : t('runFree')}</span>
        </Button>
        {running > 0 && (
          <Button disabled={isBusy} onClick={onCancelRuns}>
            <span>{t('cancelRuns')}</span>
          </Button>
        )}
      </div>
      {running > 0 && <p className="text-sm text-soft">{t('cancelNote', { running })}</p>}
      {!canRun && <p className="text-sm text-soft">{isRefused ? t('refused') : t('nothing')}</p>}
      {upToUsd > usd && (
        <p className="text-sm text-soft">{t('upTo', { price: format.usd(upToUsd) })}</p>
      )}
    </div>
  )
}
