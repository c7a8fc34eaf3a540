'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field } from '#components/ui/form/field'
import { LengthNote } from '#components/ui/form/length-note'
import { Select } from '#components/ui/form/select'
import { TextBox } from '#components/ui/form/text-field'
import { Dialog } from '#components/ui/overlay/dialog'
import { useWorkOffers } from '#lib/ai/api/work'
import type { ExtendOffer, WorkOffers } from '#lib/contract/edit/work'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { useFormat, useSay } from '#lib/messages/use-say'
import { StartWorkButton } from './start-work-button.tsx'

/** What is extended, and how it is to be where that was decided before. */
export interface Extended {
  sourceId: string
  prompt: string
  /** The model it was extended with, where it is extended again. */
  model?: string
}

interface ExtendDialogProps {
  extended: Extended
  isOpen: boolean
  onClose: () => void
}

/** Extends a video: by its own provider where that can be, else from the last frame. The price is on the button. */
export function ExtendDialog({ extended, isOpen, onClose }: ExtendDialogProps) {
  const t = useTranslations('work')
  const offers = useWorkOffers(extended.sourceId)
  return (
    <Dialog title={t('extendTitle')} isOpen={isOpen} onClose={onClose}>
      {offers ? (
        <Extending extended={extended} offers={offers} onStarted={onClose} />
      ) : (
        <p className="text-sm text-soft">{t('loading')}</p>
      )}
    </Dialog>
  )
}

interface ExtendingProps {
  extended: Extended
  offers: WorkOffers
  onStarted: () => void
}

function Extending({ extended, offers, onStarted }: ExtendingProps) {
  const t = useTranslations('work')
  const { usd } = useFormat()
  const [prompt, setPrompt] = useState(extended.prompt)
  const before = offers.extend.findIndex(({ model }) => model === extended.model)
  const [place, setPlace] = useState(Math.max(0, before))
  const offer = offers.extend[place] ?? offers.extend[0]
  const length = lengthOf(prompt.trim())
  if (!offer) return <p className="max-w-prose text-sm">{t('noExtend')}</p>
  const { way, model } = offer
  const isReady = length > 0 && length <= promptMaxLength
  return (
    <div className="max-w-2xl space-y-6">
      <Field label={t('next')} htmlFor="extend-prompt">
        <TextBox
          id="extend-prompt"
          rows={3}
          value={prompt}
          aria-invalid={!isReady}
          aria-describedby="extend-length"
          onChange={({ target }) => setPrompt(target.value)}
        />
        <LengthNote id="extend-length" length={length} max={promptMaxLength} />
      </Field>
      <Way offers={offers} place={place} onChange={setPlace} />
      <StartWorkButton
        label={t('extendFor', { price: usd(offer.usd) })}
        request={{
          source: extended.sourceId,
          work: { operation: 'extend', way, prompt, ...(way === 'last_frame' && { model }) },
          maxUsd: offer.upToUsd,
        }}
        upToUsd={offer.upToUsd > offer.usd ? offer.upToUsd : undefined}
        fault={length === 0 ? t('promptMissing') : isReady ? undefined : ''}
        onStarted={onStarted}
      />
    </div>
  )
}

interface WayProps {
  offers: WorkOffers
  place: number
  onChange: (place: number) => void
}

/** How it is extended, and what that means: the choice stands before the click. */
function Way({ offers: { extend, notNative }, place, onChange }: WayProps) {
  const t = useTranslations('work')
  const say = useSay()
  const { usd } = useFormat()
  return (
    <div className="space-y-2">
      <Field label={t('way')} htmlFor="extend-way">
        <Select
          id="extend-way"
          value={place}
          onChange={({ target }) => onChange(Number(target.value))}
        >
          {extend.map((one, index) => (
            <option key={one.model} value={index}>
              {t(`option.${one.way}`, { model: one.label, price: usd(one.usd) })}
            </option>
          ))}
        </Select>
      </Field>
      <WayNote offer={extend[place] ?? extend[0]!} />
      {notNative && (
        <p dir="auto" className="text-sm text-pretty text-soft">
          {say(notNative)}
        </p>
      )}
    </div>
  )
}

function WayNote({ offer }: { offer: ExtendOffer }) {
  const t = useTranslations('work')
  const { way, label, providerLabel, seconds } = offer
  return (
    <p dir="auto" className="text-sm text-pretty">
      {t(`wayNote.${way}`, { model: label, provider: providerLabel, seconds })}
    </p>
  )
}
