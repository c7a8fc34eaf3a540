'use client'

import { clsx } from 'clsx'
import { Trash2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ClipboardEvent, memo } from 'react'
import { IconButton } from '#components/ui/button'
import { FieldError } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { TextBox, TextInput } from '#components/ui/form/text-field'
import type { MediaType } from '#lib/contract/generation'
import {
  aspectRatios,
  imageRatios,
  imageSizes,
  type ModelView,
  resolutions,
} from '#lib/contract/model-view'
import type { Sentence } from '#lib/messages/message'
import { useFormat, useSay } from '#lib/messages/use-say'
import type { Column, Row } from '../form/rows.ts'

export interface BatchRowProps {
  row: Row
  number: number
  models: readonly ModelView[]
  /** What the batch makes. */
  kind: MediaType
  /** Dollars, once it is checked. */
  usd: number | undefined
  faults: readonly Sentence[] | undefined
  onChange: (key: string, part: Partial<Row>) => void
  onPaste: (event: ClipboardEvent, key: string) => void
  onRemove: (key: string) => void
}

/** One video or image of the batch. What is left empty is up to its model. */
export const BatchRow = memo(function BatchRow(props: BatchRowProps) {
  const { row, number, usd, onRemove } = props
  const t = useTranslations('batch')
  const format = useFormat()
  return (
    <li className="grid gap-2 border-b border-hairline py-3 lg:grid-cols-[2rem_1fr_auto] lg:gap-3">
      <span className="font-mono text-sm text-soft tabular-nums lg:pt-2">{number}</span>
      <div className="min-w-0">
        <PromptCell {...props} />
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <SettingCells {...props} />
        <span
          className={clsx(
            'w-16 pt-3 text-right font-mono text-sm tabular-nums',
            usd === undefined && 'max-lg:hidden',
          )}
        >
          {usd === undefined ? '' : format.usd(usd)}
        </span>
        <IconButton label={t('removeRow', { row: number })} onClick={() => onRemove(row.key)}>
          <Trash2Icon aria-hidden="true" />
        </IconButton>
      </div>
    </li>
  )
})

/** Sets a column of a row, and names it for screen readers. */
function useCell({ row, number, onChange }: Pick<BatchRowProps, 'row' | 'number' | 'onChange'>) {
  const t = useTranslations('batch')
  return (column: Column, label: string) => ({
    value: row[column],
    'aria-label': t('cell', { column: label, row: number }),
    onChange: ({ target }: { target: { value: string } }) =>
      onChange(row.key, { [column]: target.value }),
  })
}

function PromptCell(props: BatchRowProps) {
  const { row, faults, onPaste } = props
  const t = useTranslations('batch')
  const say = useSay()
  const faultId = `fault-${row.key}`
  return (
    <>
      <TextBox
        {...useCell(props)('prompt', t('prompt'))}
        rows={1}
        onPaste={(event) => onPaste(event, row.key)}
        aria-invalid={!!faults}
        aria-describedby={faultId}
        placeholder={t('promptPlaceholder', { kind: props.kind })}
        className="min-h-11"
      />
      <div id={faultId}>
        {faults?.map((fault) => (
          <FieldError key={say(fault)} id={`${faultId}-${say(fault)}`} message={fault} />
        ))}
      </div>
      {row.picture && (
        <p className="mt-2 flex items-center gap-2 text-sm text-soft">
          {/* oxlint-disable-next-line next/no-img-element -- bytes that are in the browser already */}
          <img src={row.picture.preview} alt="" className="h-10 rounded-sm" />
          <span dir="auto" className="min-w-0 truncate">
            {row.picture.problem ? say(row.picture.problem) : row.picture.name}
          </span>
        </p>
      )}
    </>
  )
}

// Width and height in pixels are for the form of one image.
const offered = {
  video: { ratios: aspectRatios, sizes: resolutions },
  image: { ratios: imageRatios.filter((ratio) => ratio !== 'custom'), sizes: imageSizes },
}

function SettingCells(props: BatchRowProps) {
  const t = useTranslations('batch')
  const cell = useCell(props)
  const { ratios, sizes } = offered[props.kind]
  const enabled = props.models.filter(({ isEnabled }) => isEnabled)
  return (
    <>
      <Select {...cell('model', t('model'))}>
        <option value="">{t('anyModel')}</option>
        {enabled.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <Select {...cell('aspectRatio', t('format'))}>
        <option value="">{t('format')}</option>
        {ratios.map((ratio) => (
          <option key={ratio}>{ratio}</option>
        ))}
      </Select>
      {props.kind === 'video' && (
        <span className="w-26">
          <TextInput
            {...cell('duration', t('seconds'))}
            inputMode="numeric"
            placeholder={t('secondsShort')}
          />
        </span>
      )}
      <Select {...cell('resolution', t('resolution'))}>
        <option value="">{t('resolution')}</option>
        {sizes.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
      <span className="w-28">
        <TextInput {...cell('seed', t('seed'))} inputMode="numeric" placeholder={t('seed')} />
      </span>
    </>
  )
}
