'use client'

import { useTranslations } from 'next-intl'
import { DicesIcon } from 'lucide-react'
import { IconButton } from '#components/ui/button'
import { Disclosure } from '#components/ui/disclosure'
import { Field } from '#components/ui/form/field'
import { LengthNote } from '#components/ui/form/length-note'
import { Switch } from '#components/ui/form/switch'
import { TextBox, TextInput } from '#components/ui/form/text-field'
import type { ModelView } from '#lib/contract/model-view'
import { lengthOf, negativePromptMaxLength } from '#lib/contract/text/plain-text'
import type { ComposerForm } from '../form/use-composer-form.ts'

interface MoreSettingsProps {
  form: ComposerForm
  model: ModelView
}

/**
 * Settings that few people need: seed, negative prompt, limit. Opens by itself on an error inside, and if a limit is
 * set, so that what decides about money is visible.
 */
export function MoreSettings({ form, model }: MoreSettingsProps) {
  const t = useTranslations('composer')
  const { seed, negativePrompt, maxUsd } = form.faults
  const { supports, isDemo } = model
  const isLimited = !isDemo && form.values.maxUsd !== ''
  return (
    <Disclosure label={t('more')} isForcedOpen={!!(seed || negativePrompt || maxUsd) || isLimited}>
      {supports.seed && <SeedField form={form} />}
      {supports.negativePrompt && (
        <Field label={t('negativePrompt')} htmlFor="negativePrompt" error={negativePrompt}>
          <TextBox
            id="negativePrompt"
            value={form.values.negativePrompt}
            onChange={({ target }) => form.set('negativePrompt', target.value)}
            rows={2}
            placeholder={t('negativePlaceholder')}
            aria-invalid={!!negativePrompt}
            aria-describedby={negativePrompt ? 'negativePrompt-error' : 'negativePrompt-length'}
          />
          <LengthNote
            id="negativePrompt-length"
            length={lengthOf(form.values.negativePrompt)}
            max={negativePromptMaxLength}
          />
        </Field>
      )}
      {!isDemo && <LimitField form={form} />}
      <Switch
        label={t('useCache', { kind: form.makes })}
        checked={form.values.useCache}
        onChange={({ target }) => form.set('useCache', target.checked)}
      />
    </Disclosure>
  )
}

/** The seed: the same one makes the same again; if empty, the start draws one. */
function SeedField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const error = form.faults.seed
  const roll = () => {
    const [seed] = crypto.getRandomValues(new Uint32Array(1))
    form.set('seed', String(seed))
  }
  return (
    <Field label={t('seed')} htmlFor="seed" error={error}>
      <div className="relative">
        <TextInput
          id="seed"
          value={form.values.seed}
          onChange={({ target }) => form.set('seed', target.value)}
          inputMode="numeric"
          autoComplete="off"
          placeholder={t('random')}
          className="pr-12 tabular-nums"
          aria-invalid={!!error}
          aria-describedby={error ? 'seed-error' : undefined}
        />
        <span className="absolute inset-y-0 right-1 flex items-center touch:right-0">
          <IconButton label={t('rollSeed')} onClick={roll}>
            <DicesIcon />
          </IconButton>
        </span>
      </div>
    </Field>
  )
}

/** The most one of them may cost. More expensive providers are not used, not even as a fallback. */
function LimitField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const error = form.faults.maxUsd
  return (
    <Field
      label={t('spendAtMost')}
      htmlFor="maxUsd"
      error={error}
      aside={<span className="text-tiny text-soft">{t('limitUnit', { kind: form.makes })}</span>}
    >
      <TextInput
        id="maxUsd"
        value={form.values.maxUsd}
        onChange={({ target }) => form.set('maxUsd', target.value)}
        inputMode="decimal"
        autoComplete="off"
        placeholder={t('noLimit')}
        className="tabular-nums"
        aria-invalid={!!error}
        aria-describedby={error ? 'maxUsd-error' : undefined}
      />
    </Field>
  )
}
