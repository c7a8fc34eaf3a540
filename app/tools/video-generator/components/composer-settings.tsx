'use client'

import { ChoiceGroup } from '#components/ui/choice-group'
import { FormatGlyph } from '#components/video/format-glyph'
import { maxVariations } from './max-variations.ts'
import type { ModelView } from '#lib/contract/model-view'
import { aspectRatios, resolutions } from '#lib/contract/video-format'
import { AudioField } from './audio-field.tsx'
import { DurationField } from './duration-field.tsx'
import { InputFields } from './input-fields.tsx'
import type { OwnVideos } from './inputs/own-videos.ts'
import type { Pictures } from './inputs/use-pictures.ts'
import { ModelField } from './model-field.tsx'
import { ModelLimits } from './model-limits.tsx'
import { MoreSettings } from './more-settings.tsx'
import type { ComposerForm } from './use-composer-form.ts'

interface ComposerSettingsProps {
  form: ComposerForm
  models: ModelView[]
  pictures: Pictures
  own: OwnVideos
}

const variations = Array.from({ length: maxVariations }, (_, index) => String(index + 1))

/** Everything beside the prompt: only what the chosen model can do. */
export function ComposerSettings({ form, models, pictures, own }: ComposerSettingsProps) {
  const { values, faults, model } = form
  const supports = model?.supports
  return (
    <div className="space-y-5">
      <ChoiceGroup
        label="Format"
        options={aspectRatios}
        name="aspectRatio"
        value={values.aspectRatio}
        onChange={(ratio) => form.set('aspectRatio', ratio)}
        renderPicture={(ratio) => <FormatGlyph ratio={ratio} />}
        whyDisabled={(ratio) =>
          model && !model.supports.aspectRatios.includes(ratio)
            ? `${model.label} has no ${ratio}.`
            : undefined
        }
        error={faults.aspectRatio}
      />
      <div>
        <ModelField form={form} models={models} />
        {model && <ModelLimits form={form} model={model} models={models} />}
      </div>
      <InputFields form={form} pictures={pictures} own={own} />
      <DurationField form={form} />
      <ChoiceGroup
        label="Resolution"
        options={supports?.resolutions ?? resolutions}
        name="resolution"
        value={values.resolution}
        onChange={(resolution) => form.set('resolution', resolution)}
        error={faults.resolution}
      />
      <AudioField form={form} />
      <ChoiceGroup
        label="Variations"
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
