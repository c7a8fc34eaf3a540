'use client'

import { Button } from '#components/ui/button'
import type { ModelView } from '#lib/contract/model-view'

interface RetiredModelsProps {
  retired: readonly ModelView[]
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

/** Models that are gone, since when, and what to take instead. */
export function RetiredModels({ retired, models, onChoose }: RetiredModelsProps) {
  return (
    <section aria-labelledby="retired-heading" className="mt-8">
      <h3 id="retired-heading" className="mb-1 text-sm text-soft">
        Retired
      </h3>
      <ul>
        {retired.map((model) => (
          <li
            key={model.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-hairline py-3 pl-4 text-sm text-soft"
          >
            <p>
              {model.label}
              {model.stateSince && `, since ${dateWords(model.stateSince)}`}. {model.description}
            </p>
            <Replacement of={model} models={models} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ReplacementProps {
  of: ModelView
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

function Replacement({ of, models, onChoose }: ReplacementProps) {
  const other = models.find(({ id }) => id === of.replacementId)
  if (!other) return null
  if (!other.isEnabled) return <p>Its successor is {other.label}, which needs a key.</p>
  return (
    <Button size="small" onClick={() => onChoose(other.id)}>
      Use {other.label} instead
    </Button>
  )
}

function dateWords(iso: string) {
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Date(iso).toLocaleDateString('en-GB', date)
}
