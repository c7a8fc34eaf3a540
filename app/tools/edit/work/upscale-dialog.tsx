'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Dialog } from '#components/ui/overlay/dialog'
import { useWorkOffers } from '#lib/ai/api/work'
import type { UpscaleOffer } from '#lib/contract/edit/work'
import type { UpscaleSize } from '#lib/contract/generation'
import { useFormat } from '#lib/messages/use-say'
import { StartWorkButton } from './start-work-button.tsx'

interface UpscaleDialogProps {
  sourceId: string
  /** The size that was asked for before. */
  size?: UpscaleSize | undefined
  isOpen: boolean
  onClose: () => void
}

/** Has the provider of a video make a larger version of it. The price is on the button. */
export function UpscaleDialog({ sourceId, size, isOpen, onClose }: UpscaleDialogProps) {
  const t = useTranslations('work')
  const offers = useWorkOffers(sourceId)
  return (
    <Dialog title={t('upscaleTitle')} isOpen={isOpen} onClose={onClose}>
      {offers ? (
        <Upscaling sourceId={sourceId} offers={offers.upscale} size={size} onStarted={onClose} />
      ) : (
        <p className="text-sm text-soft">{t('loading')}</p>
      )}
    </Dialog>
  )
}

interface UpscalingProps {
  sourceId: string
  offers: readonly UpscaleOffer[]
  size: UpscaleSize | undefined
  onStarted: () => void
}

function Upscaling({ sourceId, offers, size, onStarted }: UpscalingProps) {
  const t = useTranslations('work')
  const { usd } = useFormat()
  const [chosen, setChosen] = useState(size)
  const offer = offers.find(({ to }) => to === chosen) ?? offers[0]
  if (!offer) return <p className="max-w-prose text-sm">{t('noUpscaleNow')}</p>
  const { to, width, height, providerLabel } = offer
  return (
    <div className="max-w-2xl space-y-6">
      <ChoiceGroup
        label={t('size')}
        name="upscale-size"
        options={offers.map((one) => one.to)}
        value={to}
        onChange={setChosen}
      />
      <p dir="auto" className="text-sm text-pretty tabular-nums">
        {t('sizeNote', { provider: providerLabel, width, height })}
      </p>
      <StartWorkButton
        label={t('upscaleFor', { size: to, price: usd(offer.usd) })}
        request={{
          source: sourceId,
          work: { operation: 'upscale', to },
          maxUsd: offer.upToUsd,
        }}
        onStarted={onStarted}
      />
    </div>
  )
}
