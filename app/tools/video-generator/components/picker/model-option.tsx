'use client'

import { clsx } from 'clsx'
import { Tag } from '#components/ui/tag'
import type { ModelView } from '#lib/contract/model-view'
import { rateWords } from '../rate-words.ts'
import { leavingWords } from './leaving-words.ts'
import { inputWords, lengthWords, soundWords, speedWords } from './limit-words.ts'
import { RouteLines } from './route-lines.tsx'

interface ModelOptionProps {
  model: ModelView
  isChosen: boolean
  /** Where the Tab key enters the list. */
  isCurrent: boolean
  onChoose: () => void
}

/** One model in a line of its own: what it is, what it can, who makes it, how fast and for how much. */
export function ModelOption({ model, isChosen, isCurrent, onChoose }: ModelOptionProps) {
  const { supports, isEnabled, unavailableReason } = model
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
          <p>
            {supports.aspectRatios.join(' ')}, {lengthWords(supports)}
          </p>
          <p>
            {supports.resolutions.join(' ')}, {soundWords(supports)}
          </p>
          {inputWords(supports) && <p>{inputWords(supports)}</p>}
        </div>
        {isEnabled ? (
          <RouteLines routes={model.routes} />
        ) : (
          <p className="text-pretty text-ink">{unavailableReason}</p>
        )}
        <div className="md:text-right">
          <p className="text-sm text-ink">{rateWords(model.price)}</p>
          <p className="text-soft">{speedWords(model)}</p>
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
  const { label, description, badges, isEnabled, isDemo } = model
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className={isEnabled ? 'font-medium' : undefined}>{label}</span>
        {isChosen && <span className="text-tiny text-signal-ink">chosen</span>}
        {badges.map((badge) => (
          <Tag key={badge}>{badge}</Tag>
        ))}
        {isDemo && <Tag>demo renderer, no AI</Tag>}
      </div>
      <p className="mt-0.5 text-sm text-pretty text-soft">
        {[description, leavingWords(model)].filter(Boolean).join(' ')}
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
