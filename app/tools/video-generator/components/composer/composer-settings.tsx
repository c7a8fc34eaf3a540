'use client'

import { useTranslations } from 'next-intl'
import { CardBoundary } from '#components/ui/card-boundary'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { type ModelView, resolutions } from '#lib/contract/model-view'
import { AudioField } from '../fields/audio-field.tsx'
import { DurationField } from '../fields/duration-field.tsx'
import { FormatField } from '../fields/format-field.tsx'
import { InputFields } from '../fields/input-fields.tsx'
import type { OwnVideos } from '../fields/inputs/own-video-list.tsx'
import { ModelField } from '../fields/model/model-field.tsx'
import { ModelLimits } from '../fields/model/model-limits.tsx'
import { MoreSettings } from '../fields/more-settings.tsx'
import { maxVariations } from '#lib/contract/generation'
import type { ComposerForm } from '../form/use-composer-form.ts'
import type { Pictures } from '../form/use-pictures.ts'

interface ComposerSettingsProps {
  form: ComposerForm
  models: ModelView[]
  pictures: Pictures
  own: OwnVideos
}

const variations = Array.from({ length: maxVariations }, (_, index) => String(index + 1))

/** All settings but the prompt, limited to what the chosen model supports. */
export function ComposerSettings({ form, models, pictures, own }: ComposerSettingsProps) {
  const t = useTranslations('composer')
  const { values, faults, model } = form
  const supports = model?.supports
  return (
    <div className="space-y-5">
      <FormatField form={form} />
      <CardBoundary>
        <div>
          <ModelField form={form} models={models} />
          {model && <ModelLimits form={form} model={model} models={models} />}
        </div>
      </CardBoundary>
      <CardBoundary>
        <InputFields form={form} pictures={pictures} own={own} />
      </CardBoundary>
      <DurationField form={form} />
      <ChoiceGroup
        label={t('resolution')}
        options={supports?.resolutions ?? resolutions}
        name="resolution"
        value={values.resolution}
        onChange={(resolution) => form.set('resolution', resolution)}
        error={faults.resolution}
      />
      <AudioField form={form} />
      <ChoiceGroup
        label={t('variations')}
        options={variations}
        name="variations"
        value={String(values.variations)}
        onChange={(count) => form.set('variations', Number(count))}
        error={faults.variations}
      />
      {model && <MoreSettings form={form} model={model} />}
    </div>
  )
}
