'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Field } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import type { EditedFilm } from './edited-film.ts'
import { TimeHandle } from './time-handle.tsx'
import { useNumberField } from './use-number-field.ts'

interface StripProps {
  film: EditedFilm
  frameSeconds: number
}

interface SpanStripProps extends StripProps {
  from: number
  to: number
  /** `shown` is the moment that was moved. */
  onChange: (span: { from: number; to: number }, shown: number) => void
}

/** A span of a film: two handles on its filmstrip, and the same as numbers. */
export function SpanStrip({ film, frameSeconds, from, to, onChange }: SpanStripProps) {
  const t = useTranslations('edits')
  const { durationSeconds: duration } = film
  const strip = useRef<HTMLDivElement>(null)
  const percent = (seconds: number) => `${(seconds / duration) * 100}%`
  const start = {
    value: from,
    min: 0,
    max: Math.max(0, to - frameSeconds),
    onChange: (next: number) => onChange({ from: next, to }, next),
  }
  const end = {
    value: to,
    min: Math.min(duration, from + frameSeconds),
    max: duration,
    onChange: (next: number) => onChange({ from, to: next }, next),
  }
  const common = { duration, frameSeconds, strip }
  return (
    <div className="space-y-3">
      <Strip film={film} strip={strip}>
        <span className="absolute inset-y-0 left-0 bg-ground/70" style={{ width: percent(from) }} />
        <span
          className="absolute inset-y-0 right-0 bg-ground/70"
          style={{ width: percent(duration - to) }}
        />
        <TimeHandle {...common} {...start} label={t('start')} />
        <TimeHandle {...common} {...end} label={t('end')} />
      </Strip>
      <div className="grid grid-cols-2 gap-3">
        <SecondsField {...start} id="edit-from" label={t('startSeconds')} />
        <SecondsField {...end} id="edit-to" label={t('endSeconds')} />
      </div>
      <p className="text-tiny text-soft">{t('keys')}</p>
    </div>
  )
}

interface MomentStripProps extends StripProps {
  at: number
  onChange: (at: number) => void
}

/** A moment of a film: one handle on its filmstrip, and the same as a number. */
export function MomentStrip({ film, frameSeconds, at, onChange }: MomentStripProps) {
  const t = useTranslations('edits')
  const strip = useRef<HTMLDivElement>(null)
  const { durationSeconds: duration } = film
  const range = { value: at, min: 0, max: duration, onChange }
  const common = { duration, frameSeconds, strip }
  return (
    <div className="space-y-3">
      <Strip film={film} strip={strip}>
        <TimeHandle {...common} {...range} label={t('moment')} />
      </Strip>
      <SecondsField {...range} id="edit-at" label={t('momentSeconds')} />
      <p className="text-tiny text-soft">{t('keys')}</p>
    </div>
  )
}

interface StripFrameProps {
  film: EditedFilm
  strip: RefObject<HTMLDivElement | null>
  children: ReactNode
}

function Strip({ film: { filmstripUrl }, strip, children }: StripFrameProps) {
  return (
    <div className="px-2 py-1">
      <div
        ref={strip}
        className="relative h-14 bg-raised bg-[length:100%_100%]"
        style={filmstripUrl ? { backgroundImage: `url("${filmstripUrl}")` } : undefined}
      >
        {children}
      </div>
    </div>
  )
}

interface SecondsFieldProps {
  id: string
  label: string
  value: number
  min: number
  max: number
  onChange: (seconds: number) => void
}

function SecondsField({ id, label, ...range }: SecondsFieldProps) {
  const field = useNumberField(range)
  return (
    <Field label={label} htmlFor={id}>
      <TextInput id={id} type="number" inputMode="decimal" step="any" {...field} />
    </Field>
  )
}
