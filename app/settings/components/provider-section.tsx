'use client'

import { message } from '#lib/messages/message'
import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { clsx } from 'clsx'
import { RotateCwIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import type { ProviderView } from '#lib/contract/provider-view'
import { ConditionMark, providerCondition } from '../../status/components/provider-condition.tsx'
import { ProviderFacts } from './provider-facts.tsx'
import { ProviderModels } from './provider-models.tsx'
import { ProviderVariables } from './provider-variables.tsx'

interface ProviderSectionProps {
  provider: ProviderView
  nowMs: number
  /** Undefined for those who may not have it checked. */
  onCheck: (() => Promise<void>) | undefined
}

/** One provider: its condition at the left, its variables and models at the right. */
export function ProviderSection({ provider, nowMs, onCheck }: ProviderSectionProps) {
  const { id, label, isOn, cooldown, circuit } = provider
  const say = useSay()
  const condition = providerCondition(provider)
  // Its health is among the facts; here only what keeps it from being used.
  const isKept = !isOn || cooldown !== null || circuit !== 'closed'
  const headingId = `provider-${id}`
  return (
    <section aria-labelledby={headingId} className={clsx(sectionStyle, isOn && litStyle)}>
      <div className="min-w-0">
        <div className="flex items-baseline justify-between gap-4 lg:block">
          <h3 id={headingId} className="text-lg font-semibold tracking-tight">
            {label}
          </h3>
          <p className="text-sm lg:mt-1.5">
            <ConditionMark
              tone={condition.tone}
              word={isOn ? message('status.on', { word: condition.word }) : condition.word}
            />
          </p>
        </div>
        {isKept && (
          <p dir="auto" className="mt-3 text-sm text-pretty text-soft">
            {say(condition.sentence)}
          </p>
        )}
        {isOn && onCheck && <CheckAgain label={label} onCheck={onCheck} />}
      </div>
      <div className="min-w-0 space-y-7">
        {isOn && <ProviderFacts provider={provider} nowMs={nowMs} />}
        <ProviderVariables variables={provider.variables} />
        <ProviderModels models={provider.models} />
      </div>
    </section>
  )
}

const sectionStyle =
  'relative grid gap-x-12 gap-y-6 border-t border-hairline py-8 lg:grid-cols-[15rem_1fr]'
/** The lane of a provider that is on is lit. */
const litStyle =
  'before:absolute before:-top-px before:left-0 before:h-0.5 before:w-16 before:bg-signal'

interface CheckAgainProps {
  /** The provider's name, for screen readers. */
  label: string
  onCheck: () => Promise<void>
}

/** Checks a provider's health now; a healthy one is used again. */
function CheckAgain({ label, onCheck }: CheckAgainProps) {
  const t = useTranslations('settings')
  const [isChecking, setIsChecking] = useState(false)
  const check = async () => {
    if (isChecking) return
    setIsChecking(true)
    await onCheck().finally(() => setIsChecking(false))
  }
  return (
    <Button size="small" className="mt-4" aria-disabled={isChecking} onClick={() => void check()}>
      <RotateCwIcon />
      <span>{t(isChecking ? 'checking' : 'checkAgain')}</span>
      <span className="sr-only">{label}</span>
    </Button>
  )
}
