'use client'

import type { ModelView } from '#lib/contract/model-view'
import { InsteadButton } from './instead-button.tsx'

interface RetiredModelsProps {
  retired: readonly ModelView[]
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

/** Models that are gone, in one sentence each, and what to take instead. */
export function RetiredModels({ retired, models, onChoose }: RetiredModelsProps) {
  const successorOf = ({ replacementId }: ModelView) =>
    models.find(({ id, isEnabled }) => id === replacementId && isEnabled)
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
            <p>{model.unavailableReason ?? `${model.label} is no longer offered.`}</p>
            <InsteadButton model={successorOf(model)} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  )
}
