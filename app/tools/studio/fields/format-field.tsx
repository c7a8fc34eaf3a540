'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { type AspectRatio, aspectRatios, dimensionsOf, imageRatios } from '#lib/contract/model-view'
import { ratiosOf } from '../form/keep-what-fits.ts'
import type { ComposerForm } from '../form/use-composer-form.ts'

/**
 * The format, each option drawn. Of videos those that the model cannot make are disabled and say so; of images, which
 * have many, only those that it makes are shown.
 */
export function FormatField({ form }: { form: ComposerForm }) {
  const t = useTranslations()
  const { makes, values, faults, model } = form
  return (
    <ChoiceGroup
      label={t('composer.format')}
      options={makes === 'video' ? aspectRatios : imageRatiosOf(form)}
      name="aspectRatio"
      value={values.aspectRatio}
      onChange={(ratio) => choose(form, ratio)}
      renderPicture={(ratio) => <FormatGlyph ratio={ratio} />}
      nameOf={(ratio) => (ratio === 'custom' ? t('images.custom') : ratio)}
      whyDisabled={(ratio) =>
        makes === 'video' && model && !model.supports.aspectRatios.includes(ratio)
          ? t('composer.noFormat', { model: model.label, format: ratio })
          : undefined
      }
      error={faults.aspectRatio}
    />
  )
}

/** Width and height begin with those of the format before. */
function choose({ set, change, values }: ComposerForm, ratio: AspectRatio) {
  set('aspectRatio', ratio)
  if (ratio !== 'custom' || values.width || values.height) return
  const { width, height } = dimensionsOf(values.aspectRatio, values.resolution)
  change({ width: String(width), height: String(height) })
}

/** The formats of the model, in the order of all. */
function imageRatiosOf({ model }: ComposerForm): readonly AspectRatio[] {
  const offered = model ? ratiosOf(model.supports) : aspectRatios
  return imageRatios.filter((ratio) => offered.some((one) => one === ratio))
}

const drawn: Partial<Record<AspectRatio, { width: number; height: number }>> = {
  '9:16': { width: 11, height: 20 },
  '16:9': { width: 25, height: 14 },
  '1:1': { width: 17, height: 17 },
}
// Of the others the area in square pixels: all are as large to the eye.
const area = 290
const longest = 28

/** The format as a drawn rectangle; one with sides of one's own is dashed. */
function FormatGlyph({ ratio }: { ratio: AspectRatio }) {
  const isCustom = ratio === 'custom'
  return (
    <span
      aria-hidden="true"
      style={drawn[isCustom ? '1:1' : ratio] ?? sizeOf(ratio)}
      className={clsx(
        'block rounded-[2px] border-[1.5px] border-current',
        isCustom && 'border-dashed',
      )}
    />
  )
}

function sizeOf(ratio: AspectRatio) {
  const [across = 1, down = 1] = ratio.split(':').map(Number)
  const width = Math.min(longest, Math.sqrt((area * across) / down))
  return { width: Math.round(width), height: Math.round((width * down) / across) }
}
