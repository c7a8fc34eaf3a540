'use client'

import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { Field } from '#components/ui/form/field'
import { Slider } from '#components/ui/form/slider'
import { durationSteps } from '#lib/contract/model-view'
import type { ComposerForm } from '../../../studio/form/use-composer-form.ts'

const limitsBefore = { min: 2, max: 10, step: 1 }

/** The duration in seconds, within the model's limits. */
export function DurationField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const { duration } = form.values
  const seconds = useFormat().span(duration)
  const limits = form.model?.supports.duration ?? limitsBefore
  const error = form.faults.duration
  if (limits.min === limits.max)
    return (
      <p className="flex items-baseline justify-between text-sm text-soft">
        <span>{t('duration')}</span>{' '}
        <span className="tabular-nums">{t('alwaysDuration', { duration: seconds })}</span>
      </p>
    )
  return (
    <Field
      label={t('duration')}
      htmlFor="duration"
      error={error}
      aside={<span className="font-medium tabular-nums">{seconds}</span>}
    >
      <Slider
        steps={durationSteps(limits)}
        id="duration"
        value={duration}
        onChange={({ target }) => form.set('duration', target.valueAsNumber)}
        aria-valuetext={t('seconds', { count: duration })}
        aria-invalid={!!error}
        aria-describedby={error ? 'duration-error' : undefined}
      />
      <div aria-hidden="true" className="flex justify-between text-tiny text-soft tabular-nums">
        <span>{limits.min}</span>
        <span>{limits.max}</span>
      </div>
    </Field>
  )
}
