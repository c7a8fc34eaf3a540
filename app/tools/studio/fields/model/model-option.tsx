'use client'

import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { clsx } from 'clsx'
import { Tag } from '#components/ui/tag'
import type { ModelView } from '#lib/contract/model-view'
import { abilityLines, inputLabels, rateLabel, speedLabel } from './model-labels.ts'
import { leavingMessage } from './model-replacement.tsx'

interface ModelOptionProps {
  model: ModelView
  isChosen: boolean
  /** Where the Tab key enters the list. */
  isCurrent: boolean
  onChoose: () => void
}

/** One model: description, abilities, providers, usual time and price. */
export function ModelOption({ model, isChosen, isCurrent, onChoose }: ModelOptionProps) {
  const say = useSay()
  const { supports, isEnabled, unavailableReason } = model
  const inputs = inputLabels(supports)
  const speed = speedLabel(model)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the list has the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <option> holds text only
      role="option"
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isChosen}
      aria-disabled={!isEnabled}
      onClick={onChoose}
      className={clsx(optionStyle, isEnabled ? 'cursor-pointer hover:bg-ink/5' : 'text-soft')}
    >
      <span
        aria-hidden="true"
        className={clsx('absolute inset-y-3 left-0 w-0.5', isChosen && 'bg-signal')}
      />
      <ModelName model={model} isChosen={isChosen} />
      <div className={detailsStyle}>
        <div className="text-soft">
          {abilityLines(model).map((line) => (
            <p key={line.map(say).join()}>{line.map(say).join(', ')}</p>
          ))}
          {inputs.length > 0 && <p>{inputs.map(say).join(', ')}</p>}
        </div>
        {isEnabled ? (
          <RouteLines model={model} />
        ) : (
          <p dir="auto" className="text-pretty text-ink">
            {say(unavailableReason ?? '')}
          </p>
        )}
        <div className="md:text-right">
          <p className="text-sm text-ink">{say(rateLabel(model.price, model.kind))}</p>
          <p className="text-soft">{speed && say(speed)}</p>
        </div>
      </div>
    </div>
  )
}

interface ModelNameProps {
  model: ModelView
  isChosen: boolean
}

function ModelName({ model, isChosen }: ModelNameProps) {
  const say = useSay()
  const t = useTranslations('composer')
  const { label, description, badges, isEnabled, isDemo } = model
  const leaving = leavingMessage(model)
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span dir="auto" className={clsx('min-w-0', isEnabled && 'font-medium')}>
          {label}
        </span>
        {isChosen && <span className="text-tiny text-signal-ink">{t('chosen')}</span>}
        {badges.map((badge) => (
          <Tag key={say(badge)}>{say(badge)}</Tag>
        ))}
        {isDemo && <Tag>{t('demo')}</Tag>}
      </div>
      <p dir="auto" className="mt-0.5 text-sm text-pretty text-soft">
        {[description, leaving].flatMap((one) => (one ? say(one) : [])).join(' ')}
      </p>
    </div>
  )
}

const optionStyle = clsx(
  'relative grid gap-x-6 gap-y-2 border-t border-hairline py-3 pr-3 pl-4 -outline-offset-2!',
  'lg:grid-cols-[minmax(0,19rem)_minmax(0,1fr)]',
)

const detailsStyle =
  'grid gap-x-6 gap-y-1.5 text-tiny tabular-nums md:grid-cols-[11rem_minmax(0,1fr)_8.5rem]'

/** The providers of a model with their prices, or why one is off. */
function RouteLines({ model: { kind, routes } }: { model: ModelView }) {
  const t = useTranslations('composer')
  const say = useSay()
  return (
    <ul className="space-y-0.5">
      {routes.map(({ provider, providerLabel, isEnabled, unavailableReason, price }) => (
        <li key={provider} className="flex gap-2 text-soft">
          <span
            aria-hidden="true"
            className={clsx(dotStyle, isEnabled ? 'bg-ink' : 'border border-edge')}
          />
          <span dir="auto" className="min-w-0">
            <span className={isEnabled ? 'text-ink' : undefined}>{providerLabel}</span>{' '}
            <span>
              {isEnabled
                ? say(rateLabel(price, kind))
                : t('routeOff', { reason: say(unavailableReason ?? '') })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

const dotStyle = 'mt-[0.3125rem] size-1.5 shrink-0 rounded-full'
