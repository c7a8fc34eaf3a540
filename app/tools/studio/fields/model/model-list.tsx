'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import type { ModelView } from '#lib/contract/model-view'
import { useListKeys } from './list-keys.ts'
import { ModelOption } from './model-option.tsx'

interface ModelListProps {
  groups: readonly ModelGroup[]
  chosenId: string
  onChoose: (id: string) => void
}

/** All models but the retired. Those that are off can be read but not chosen. */
export function ModelList({ groups, chosenId, onChoose }: ModelListProps) {
  const t = useTranslations('composer')
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const models = groups.flatMap((group) => group.models)
  const current = models.find((model) => model.id === chosenId) ?? models[0]
  const choose = (index: number) => {
    const model = models[index]
    if (model?.isEnabled) onChoose(model.id)
  }
  const onKeyDown = useListKeys(
    models.map(({ label }) => label),
    choose,
  )
  useEffect(() => {
    // The dialog first remembers the origin of the focus and takes it.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[role=option][tabindex="0"]')?.focus(),
    )
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div
      ref={list}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold all this
      role="listbox"
      tabIndex={-1}
      aria-label={t('models')}
      onKeyDown={onKeyDown}
      className="space-y-8"
    >
      {groups.map((group) => (
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- nor can a fieldset stand in a list box
        <div key={group.title} role="group" aria-labelledby={`${id}-${group.title}`}>
          <p id={`${id}-${group.title}`} role="presentation" className="mb-1 text-sm text-soft">
            {t(group.title)}
          </p>
          {group.models.map((model) => (
            <ModelOption
              key={model.id}
              model={model}
              isChosen={model.id === chosenId}
              isCurrent={model === current}
              onChoose={() => choose(models.indexOf(model))}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

interface ModelGroup {
  title: 'ready' | 'unavailable' | 'needsKey'
  models: ModelView[]
}

/** The models in groups: available, temporarily unavailable, in need of a key; and the retired ones. */
export function modelGroups(models: readonly ModelView[]) {
  const current = models.filter(({ state }) => state !== 'retired')
  const off = current.filter(({ isEnabled }) => !isEnabled)
  const groups: ModelGroup[] = [
    { title: 'ready', models: current.filter(({ isEnabled }) => isEnabled) },
    { title: 'unavailable', models: off.filter((model) => !needsKey(model)) },
    { title: 'needsKey', models: off.filter(needsKey) },
  ]
  return {
    choosable: groups.filter((group) => group.models.length > 0),
    retired: models.filter(({ state }) => state === 'retired'),
  }
}

/** Whether a variable of the environment turns it on, rather than time or credits. */
function needsKey({ routes }: ModelView) {
  return routes.some(({ isSetUp }) => !isSetUp)
}
