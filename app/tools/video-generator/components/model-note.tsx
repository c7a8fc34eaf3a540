'use client'

import type { ModelView } from '#lib/contract/model-view'
import { InsteadButton } from './picker/instead-button.tsx'
import { insteadOf } from './picker/instead-of.ts'
import { leavingWords } from './picker/leaving-words.ts'

interface ModelNoteProps {
  model: ModelView
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

/** What the chosen model is; where it cannot be used or is leaving, why, and the one to take instead. */
export function ModelNote({ model, models, onChoose }: ModelNoteProps) {
  const { isEnabled, description, unavailableReason } = model
  const leaving = leavingWords(model)
  return (
    <div className="mt-1.5 space-y-2">
      <p id="model-note" className="text-tiny text-pretty text-soft">
        {isEnabled ? [description, leaving].filter(Boolean).join(' ') : unavailableReason}
      </p>
      {(!isEnabled || leaving) && (
        <InsteadButton model={insteadOf(model, models)} onChoose={onChoose} />
      )}
    </div>
  )
}
