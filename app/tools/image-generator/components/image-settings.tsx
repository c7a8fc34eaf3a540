'use client'

import { useTranslations } from 'next-intl'
import { CardBoundary } from '#components/ui/card-boundary'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { imageFormats, imageSizes } from '#lib/contract/model-view'
import type { SettingsProps } from '../../studio/composer/settings-props.ts'
import { FormatField } from '../../studio/fields/format-field.tsx'
import { InputFields } from '../../studio/fields/input-fields.tsx'
import { ModelField } from '../../studio/fields/model/model-field.tsx'
import { ModelLimits } from '../../studio/fields/model/model-limits.tsx'
import { MoreSettings } from '../../studio/fields/more-settings.tsx'
import { VariationsField } from '../../studio/fields/variations-field.tsx'
import { SidesField } from './fields/sides-field.tsx'

/** All settings of an image but the prompt, limited to what the chosen model supports. */
export function ImageSettings({ form, models, pictures, own, node }: SettingsProps) {
  const t = useTranslations('images')
  const { values, faults, model } = form
  const { resolutions, imageFormats: formats } = model?.supports ?? {}
  return (
    <div className="space-y-5">
      <FormatField form={form} />
      {values.aspectRatio === 'custom' ? (
        <SidesField form={form} />
      ) : (
        <ChoiceGroup
          label={t('size')}
          options={resolutions ?? imageSizes}
          name="resolution"
          value={values.resolution}
          onChange={(resolution) => form.set('resolution', resolution)}
          error={faults.resolution}
        />
      )}
      <CardBoundary>
        <div>
          <ModelField form={form} models={models} />
          {model && <ModelLimits form={form} model={model} models={models} />}
        </div>
      </CardBoundary>
      {!node?.isFed && (
        <CardBoundary>
          <InputFields form={form} pictures={pictures} own={own} />
        </CardBoundary>
      )}
      {!node && <VariationsField form={form} />}
      <ChoiceGroup
        label={t('file')}
        options={formats ?? imageFormats}
        name="imageFormat"
        value={values.imageFormat}
        onChange={(format) => form.set('imageFormat', format)}
        nameOf={(format) => format.toUpperCase()}
        error={faults.imageFormat}
      />
      {model && <MoreSettings form={form} model={model} />}
    </div>
  )
}
