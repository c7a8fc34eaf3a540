'use client'

import { useTranslations } from 'next-intl'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { type AspectRatio, aspectRatios } from '#lib/contract/model-view'
import type { ComposerForm } from '../form/use-composer-form.ts'

/** The format, each option drawn; those that the model cannot make are disabled and say so. */
export function FormatField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const { values, faults, model } = form
  return (
    <ChoiceGroup
      label={t('format')}
      options={aspectRatios}
      name="aspectRatio"
      value={values.aspectRatio}
      onChange={(ratio) => form.set('aspectRatio', ratio)}
      renderPicture={(ratio) => <FormatGlyph ratio={ratio} />}
      whyDisabled={(ratio) =>
        model && !model.supports.aspectRatios.includes(ratio)
          ? t('noFormat', { model: model.label, format: ratio })
          : undefined
      }
      error={faults.aspectRatio}
    />
  )
}

const sizes: Record<AspectRatio, { width: number; height: number }> = {
  '9:16': { width: 11, height: 20 },
  '16:9': { width: 25, height: 14 },
  '1:1': { width: 17, height: 17 },
}

/** The format as a drawn rectangle. */
function FormatGlyph({ ratio }: { ratio: AspectRatio }) {
  return (
    <span
      aria-hidden="true"
      style={sizes[ratio]}
      className="block rounded-[2px] border-[1.5px] border-current"
    />
  )
}
