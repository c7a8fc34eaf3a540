'use client'

import { useTranslations } from 'next-intl'
import { CardBoundary } from '#components/ui/card-boundary'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { resolutions } from '#lib/contract/model-view'
import { PageLink } from '../../../page-link.tsx'
import type { SettingsProps } from '../../studio/composer/settings-props.ts'
import { FormatField } from '../../studio/fields/format-field.tsx'
import { InputFields } from '../../studio/fields/input-fields.tsx'
import { ModelField } from '../../studio/fields/model/model-field.tsx'
import { ModelLimits } from '../../studio/fields/model/model-limits.tsx'
import { MoreSettings } from '../../studio/fields/more-settings.tsx'
import { VariationsField } from '../../studio/fields/variations-field.tsx'
import { AudioField } from './fields/audio-field.tsx'
import { DurationField } from './fields/duration-field.tsx'

/** All settings of a video but the prompt, limited to what the chosen model supports. */
export function ComposerSettings({ form, models, pictures, own, node }: SettingsProps) {
  const t = useTranslations('composer')
  const { values, faults, model } = form
  return (
    <div className="space-y-5">
      <FormatField form={form} />
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
      <DurationField form={form} />
      <ChoiceGroup
        label={t('resolution')}
        options={model?.supports.resolutions ?? resolutions}
        name="resolution"
        value={values.resolution}
        onChange={(resolution) => form.set('resolution', resolution)}
        error={faults.resolution}
      />
      <AudioField form={form} />
      {!node && <VariationsField form={form} />}
      {model && <MoreSettings form={form} model={model} />}
      {!node && (
        <PageLink
          href="/tools/batch"
          className="inline-block text-sm text-soft underline hover:text-ink"
        >
          {t('manyAtOnce')}
        </PageLink>
      )}
    </div>
  )
}
