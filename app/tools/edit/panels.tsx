'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { Field } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { Slider } from '#components/ui/form/slider'
import { cropRatios } from '#lib/contract/edit/crop-part'
import { animationLimits, loopsAtMost, secondsOf } from '#lib/contract/edit/edit-limits'
import { formatTimecode } from '#lib/messages/format'
import type { EditedFilm } from './edited-film.ts'
import { MomentStrip, SpanStrip } from './span-strip.tsx'
import type { Editor } from './use-editor.ts'
import type { SpanPlayer } from './use-span-player.ts'

export interface PanelProps {
  film: EditedFilm
  editor: Editor
  player: SpanPlayer
  frameSeconds: number
}

/** What can be set for the chosen operation. */
export function Panel(props: PanelProps) {
  switch (props.editor.values.operation) {
    case 'trim':
      return <Span {...props} />
    case 'crop':
      return <Crop {...props} />
    case 'loop':
      return <Loop {...props} />
    case 'frame':
      return <FramePanel {...props} />
    case 'animation':
      return <Animation {...props} />
    default:
      return null
  }
}

function Span({ film, editor: { values, change }, player, frameSeconds }: PanelProps) {
  return (
    <SpanStrip
      film={film}
      frameSeconds={frameSeconds}
      from={values.from}
      to={values.to}
      onChange={(span, shown) => {
        change(span)
        player.show(shown)
      }}
    />
  )
}

const ratios = ['9:16', '1:1', '16:9'] as const
const percents = Array.from({ length: 21 }, (_, index) => index * 5)

function Crop({ film, editor: { values, change } }: PanelProps) {
  const t = useTranslations('edits')
  const { aspectRatio, focus } = values
  // Only along the side that something is cut from can it be moved.
  const axis = film.width / film.height > cropRatios[aspectRatio] ? 'x' : 'y'
  return (
    <div className="space-y-5">
      <ChoiceGroup
        label={t('format')}
        name="edit-ratio"
        options={ratios}
        value={aspectRatio}
        onChange={(next) => change({ aspectRatio: next })}
      />
      <Field label={t(axis === 'x' ? 'focusX' : 'focusY')} htmlFor="edit-focus">
        <Slider
          id="edit-focus"
          steps={percents}
          value={Math.round(focus[axis] * 100)}
          onChange={({ target }) =>
            change({ focus: { ...focus, [axis]: target.valueAsNumber / 100 } })
          }
        />
      </Field>
      <p className="text-tiny text-soft">{t('focusHint')}</p>
    </div>
  )
}

const loops = Array.from({ length: loopsAtMost - 1 }, (_, index) => index + 2)

function Loop({ film, editor: { values, change, order } }: PanelProps) {
  const t = useTranslations('edits')
  const length = formatTimecode(secondsOf(order, [film]))
  return (
    <Field label={t('times')} htmlFor="edit-times" aside={<span>{t('length', { length })}</span>}>
      <Select
        id="edit-times"
        value={values.times}
        onChange={({ target }) => change({ times: Number(target.value) })}
      >
        {loops.map((count) => (
          <option key={count} value={count}>
            {t('timesOption', { count })}
          </option>
        ))}
      </Select>
    </Field>
  )
}

function FramePanel({ film, editor: { values, change }, player, frameSeconds }: PanelProps) {
  const t = useTranslations('edits')
  const choose = (at: number) => {
    change({ at })
    player.show(at)
  }
  return (
    <div className="space-y-4">
      <MomentStrip film={film} frameSeconds={frameSeconds} at={values.at} onChange={choose} />
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => choose(0)}>
          {t('firstFrame')}
        </Button>
        <Button size="small" onClick={() => choose(film.durationSeconds)}>
          {t('lastFrame')}
        </Button>
      </div>
    </div>
  )
}

const formats = { GIF: 'gif', WebP: 'webp' } as const
const formatNames = ['GIF', 'WebP'] as const
const widths = [240, 320, 480, 640, 960]
const rates = [8, 12, 15, 24]

function Animation(props: PanelProps) {
  const { film, editor } = props
  const { values, change } = editor
  const t = useTranslations('edits')
  const choices = [...new Set(widths.map((width) => Math.min(width, film.width)))].filter(
    (width) => width >= animationLimits.width.min,
  )
  return (
    <div className="space-y-5">
      <Span {...props} />
      <ChoiceGroup
        label={t('format')}
        name="edit-format"
        options={formatNames}
        value={values.format === 'gif' ? 'GIF' : 'WebP'}
        onChange={(name) => change({ format: formats[name] })}
      />
      <div className="grid grid-cols-2 gap-3">
        <NumberChoice
          id="edit-width"
          label={t('width')}
          options={choices}
          value={values.width}
          onChange={(width) => change({ width })}
        />
        <NumberChoice
          id="edit-fps"
          label={t('fps')}
          options={rates}
          value={values.fps}
          onChange={(fps) => change({ fps })}
        />
      </div>
    </div>
  )
}

interface NumberChoiceProps {
  id: string
  label: string
  options: readonly number[]
  value: number
  onChange: (value: number) => void
}

function NumberChoice({ id, label, options, value, onChange }: NumberChoiceProps) {
  return (
    <Field label={label} htmlFor={id}>
      <Select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </Field>
  )
}
