'use client'

import { Dialog } from '#components/ui/dialog'
import type { ModelView } from '#lib/contract/model-view'
import { modelGroups } from './model-groups.ts'
import { ModelList } from './model-list.tsx'
import { RetiredModels } from './retired-models.tsx'

interface ModelPickerProps {
  models: readonly ModelView[]
  chosenId: string
  isOpen: boolean
  onChoose: (id: string) => void
  onClose: () => void
}

/** Every model with what it can do, costs and takes, to compare and choose from. */
export function ModelPicker({ models, chosenId, isOpen, onChoose, onClose }: ModelPickerProps) {
  const { choosable, retired } = modelGroups(models)
  const choose = (id: string) => {
    onChoose(id)
    onClose()
  }
  return (
    <Dialog title="Choose a model" isOpen={isOpen} onClose={onClose}>
      <ModelList groups={choosable} chosenId={chosenId} onChoose={choose} />
      {retired.length > 0 && <RetiredModels retired={retired} models={models} onChoose={choose} />}
    </Dialog>
  )
}
