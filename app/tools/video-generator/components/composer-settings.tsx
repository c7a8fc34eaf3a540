'use client'

import { ChoiceGroup } from '#components/ui/choice-group'
import { FieldError } from '#components/ui/field-error'
import { Switch } from '#components/ui/switch'
import { FormatGlyph } from '#components/video/format-glyph'
import type { ModelView } from '#lib/contract/model-view'
import { aspectRatios, resolutions } from '#lib/contract/video-format'
import { DurationField } from './duration-field.tsx'
import { ModelField } from './model-field.tsx'
import { MoreSettings } from './more-settings.tsx'
import type { ComposerForm } from './use-composer-form.ts'

interface ComposerSettingsProps {
  form: ComposerForm
  models: ModelView[]
}

/** Everything beside the prompt: only what the chosen model can do. */
export function ComposerSettings({ form, models }: ComposerSettingsProps) {
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
        isDisabled={(ratio) => !!supports && !supports.aspectRatios.includes(ratio)}
        error={faults.aspectRatio}
      />
      <ModelField form={form} models={models} />
      <DurationField form={form} />
      <ChoiceGroup
        label="Resolution"
        options={supports?.resolutions ?? resolutions}
        name="resolution"
        value={values.resolution}
        onChange={(resolution) => form.set('resolution', resolution)}
        error={faults.resolution}
      />
      {supports?.audio !== false && (
        <div>
          <Switch
            label="Audio"
            checked={values.generateAudio}
            onChange={({ target }) => form.set('generateAudio', target.checked)}
          />
          <FieldError id="generateAudio-error" message={faults.generateAudio} />
        </div>
      )}
      {model && <MoreSettings form={form} model={model} />}
    </div>
  )
}
