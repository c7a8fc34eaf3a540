'use client'

import { useTranslations } from 'next-intl'
import { FieldError } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import { quoteRoutes } from '#components/video/actions/price.ts'
import { useFormat } from '#lib/messages/use-say'
import type { ComposerForm } from '../../../studio/form/use-composer-form.ts'

/** Width and height in pixels, with the limits of the model and what an image of that size costs. */
export function SidesField({ form }: { form: ComposerForm }) {
  const t = useTranslations('images')
  const { faults, model } = form
  const limits = model?.supports.customSize
  return (
    <fieldset aria-describedby="sides-limits">
      <legend className="mb-1.5 text-sm text-soft">{t('sidesInPixels')}</legend>
      <div className="flex items-center gap-3">
        <SideInput form={form} side="width" />
        <span aria-hidden="true" className="text-soft">
          {'×'}
        </span>
        <SideInput form={form} side="height" />
      </div>
      {limits && (
        <p id="sides-limits" className="mt-1.5 text-tiny text-soft tabular-nums">
          <span>{t('sideLimits', { ...limits })}</span> <PriceOfSides form={form} />
        </p>
      )}
      <FieldError id="width-error" message={faults.width} />
      <FieldError id="height-error" message={faults.height} />
    </fieldset>
  )
}

interface SideInputProps {
  form: ComposerForm
  side: 'width' | 'height'
}

function SideInput({ form, side }: SideInputProps) {
  const t = useTranslations('images')
  const isFaulty = form.faults[side] !== undefined
  return (
    <TextInput
      id={side}
      aria-label={t(side)}
      value={form.values[side]}
      onChange={({ target }) => form.set(side, target.value)}
      inputMode="numeric"
      autoComplete="off"
      placeholder="1024"
      className="min-w-0 flex-1 tabular-nums"
      aria-invalid={isFaulty}
      aria-describedby={isFaulty ? `${side}-error` : 'sides-limits'}
    />
  )
}

/** A size of one's own is billed as the next size of the model. */
function PriceOfSides({ form: { model, asked } }: { form: ComposerForm }) {
  const t = useTranslations('images')
  const { usd } = useFormat()
  if (!model || !asked?.width || !asked.height || model.isDemo) return null
  const quote = quoteRoutes(model.routes, asked)
  if (!quote) return null
  return <span>{t('billedAs', { size: asked.resolution, price: usd(quote.usd) })}</span>
}
