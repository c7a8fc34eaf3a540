'use client'

import { message } from '#lib/messages/message'
import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { Dialog } from '#components/ui/overlay/dialog'
import type { ModelView } from '#lib/contract/model-view'
import { SignInToUse } from '../../../../people/sign-in-link.tsx'
import { ModelList, modelGroups } from './model-list.tsx'
import { InsteadButton } from './model-replacement.tsx'

interface ModelPickerProps {
  models: readonly ModelView[]
  chosenId: string
  isOpen: boolean
  onChoose: (id: string) => void
  onClose: () => void
}

/** Every model with its abilities, price and usual time, to compare and choose from. */
export function ModelPicker({ models, chosenId, isOpen, onChoose, onClose }: ModelPickerProps) {
  const t = useTranslations('composer')
  const { choosable, retired } = modelGroups(models)
  const choose = (id: string) => {
    onChoose(id)
    onClose()
  }
  return (
    <Dialog title={t('chooseModel')} isOpen={isOpen} onClose={onClose}>
      <div className="mb-5 empty:hidden">
        <SignInToUse models={models} />
      </div>
      <ModelList groups={choosable} chosenId={chosenId} onChoose={choose} />
      {retired.length > 0 && <RetiredModels retired={retired} models={models} onChoose={choose} />}
    </Dialog>
  )
}

interface RetiredModelsProps {
  retired: readonly ModelView[]
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

/** Retired models, each with its replacement. */
function RetiredModels({ retired, models, onChoose }: RetiredModelsProps) {
  const t = useTranslations('composer')
  const say = useSay()
  const successorOf = ({ replacementId }: ModelView) =>
    models.find(({ id, isEnabled }) => id === replacementId && isEnabled)
  return (
    <section aria-labelledby="retired-heading" className="mt-8">
      <h3 id="retired-heading" className="mb-1 text-sm text-soft">
        {t('retired')}
      </h3>
      <ul>
        {retired.map((model) => (
          <li
            key={model.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-hairline py-3 pl-4 text-sm text-soft"
          >
            <p dir="auto">
              {say(
                model.unavailableReason ?? message('composer.retiredModel', { model: model.label }),
              )}
            </p>
            <InsteadButton model={successorOf(model)} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  )
}
