'use client'

import { useTranslations } from 'next-intl'
import { useFormat, useSay } from '#lib/messages/use-say'
import { type Sentence, message } from '#lib/messages/message'
import { clsx } from 'clsx'
import { SlidersHorizontalIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { type Quote, quoteRoutes } from '#components/video/actions/price.ts'
import { limitSentence } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import { BalanceLine } from '../../../people/money/usage-link.tsx'
import type { Asked } from '../kinds/studio-kind.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'

interface ComposerBarProps {
  form: ComposerForm
  isFirstVisit: boolean
  /** Whether the settings are unfolded, on a phone. */
  isOpen: boolean
  onToggle: () => void
  /** What went wrong with the last try, above the button. */
  children: ReactNode
}

/** The start button with its price; on a phone also a summary of the settings. */
export function ComposerBar(props: ComposerBarProps) {
  const { form, isFirstVisit, isOpen, onToggle, children } = props
  const t = useTranslations('composer')
  const format = useFormat()
  const { model, asked, isSubmitting } = form
  const { variations } = form.values
  const isSample = isFirstVisit && !!model?.isDemo
  const note = model?.isDemo ? undefined : 'cost-line'
  const quote = model && asked && quoteFor(model, asked)
  const price = isQuote(quote) ? format.usd(quote.usd) : undefined
  const summary = useSummary(form)
  return (
    <div className={clsx(barStyle, isOpen && 'max-lg:border-t max-lg:pt-3')}>
      {children}
      {isSample && (
        <p id="generate-note" className="mb-3 text-sm text-pretty text-soft max-lg:text-tiny">
          {t('sample', { kind: form.makes })}
        </p>
      )}
      {model && quote && <CostLine model={model} quote={quote} />}
      {isQuote(quote) && <BalanceLine usd={quote.upToUsd} />}
      <div className="flex gap-3">
        <Button
          className="min-w-0 lg:hidden"
          size="large"
          aria-expanded={isOpen}
          aria-label={t('settingsSummary', summary)}
          onClick={onToggle}
        >
          <SlidersHorizontalIcon />
          <span className="text-sm tabular-nums">{t('summary', summary)}</span>
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="large"
          className="flex-1"
          disabled={!model || isSubmitting}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          aria-describedby={isSample ? 'generate-note' : note}
        >
          {generateLabel(t, variations, price)}
        </Button>
      </div>
    </div>
  )
}

/** The settings in two words: the format, and the length or the size. */
function useSummary({ makes, values }: ComposerForm) {
  const t = useTranslations('images')
  const { span } = useFormat()
  const { aspectRatio, duration, resolution, width, height } = values
  if (makes === 'video') return { format: aspectRatio, measure: span(duration) }
  return aspectRatio === 'custom'
    ? { format: t('custom'), measure: `${width || '?'} × ${height || '?'}` }
    : { format: aspectRatio, measure: resolution }
}

function generateLabel(
  t: ReturnType<typeof useTranslations<'composer'>>,
  count: number,
  price: string | undefined,
) {
  if (price === undefined) return count > 1 ? t('generateMany', { count }) : t('generate')
  return count > 1 ? t('generateManyFor', { count, price }) : t('generateFor', { price })
}

/** Sticks to the bottom of the column. */
const barStyle = clsx(
  'sticky bottom-0 -mx-4 bg-raised px-4 pb-[max(1rem,env(safe-area-inset-bottom))]',
  'border-hairline lg:-mx-6 lg:mt-auto lg:border-t lg:bg-ground lg:px-6 lg:py-5 xl:-mx-8 xl:px-8',
)

interface CostLineProps {
  model: ModelView
  quote: Quote | Sentence
}

/** Which provider makes it, why, and the most it may cost; or why none does. Hidden where it is free. */
function CostLine({ model, quote }: CostLineProps) {
  const say = useSay()
  const style = 'mb-3 text-tiny text-pretty tabular-nums'
  if (!isQuote(quote))
    return model.isEnabled ? <p className={`${style} text-signal-ink`}>{say(quote)}</p> : null
  if (model.isDemo) return null
  return (
    <p id="cost-line" className={`${style} text-soft`}>
      {quote.upToUsd > quote.usd
        ? say(message('composer.upTo', { reason: quote.reason, price: { usd: quote.upToUsd } }))
        : say(quote.reason)}
    </p>
  )
}

function isQuote(quote: Quote | Sentence | undefined): quote is Quote {
  return typeof quote === 'object' && 'upToUsd' in quote
}

/** What all of a start cost together; where no provider can make them, the reason as a sentence. */
export function quoteFor(model: ModelView, asked: Asked): Quote | Sentence {
  const { label, routes, supports } = model
  const lacksVideo = supports.sourceVideo === 'required' && !asked.inputs.sourceVideo
  if (Number.isNaN(asked.maxUsd)) return message('composer.limitInDollars')
  return (
    quoteRoutes(routes, asked, asked.variations) ??
    limitSentence(model, asked) ??
    message(lacksVideo ? 'request.needsVideo' : 'composer.noProvider', { model: label })
  )
}
