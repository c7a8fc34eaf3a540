'use client'

import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import {
  aspectRatios,
  type ModelSupports,
  type ModelView,
  resolutions,
} from '#lib/contract/model-view'
import { takesPictures } from '../../form/pictures/pictures.ts'
import type { ComposerForm } from '../../form/use-composer-form.ts'

interface ModelLimitsProps {
  form: ComposerForm
  model: ModelView
  models: readonly ModelView[]
}

/** What the chosen model changed in the form and what it lacks; hidden where it lacks nothing or is off. */
export function ModelLimits({ form, model, models }: ModelLimitsProps) {
  const say = useSay()
  const gaps = gapMessages(model, models)
  if (!model.isEnabled || (!form.changes && gaps.length === 0)) return null
  return (
    <p id="model-limits" className="mt-2 text-tiny text-pretty text-soft">
      {form.changes && <span className="text-ink">{`${say(form.changes)} `}</span>}
      {gaps.length > 0 && <span>{gaps.map(say).join(' ')}</span>}
    </p>
  )
}

/** The settings that a model lacks; kinds of pictures only if it accepts any. */
function gapsOf({
  kind,
  supports,
}: ModelView): { name: Sentence; has: (other: ModelSupports) => boolean }[] {
  const isVideo = kind === 'video'
  const settings = [
    ...(isVideo ? videoSettings : []),
    has(message('composer.gapPictures'), takesPictures),
    ...(isVideo && takesPictures(supports) ? pictureParts : []),
    has(message('composer.gapSeed'), ({ seed }) => seed),
    has(message('composer.gapNegativePrompt'), ({ negativePrompt }) => negativePrompt),
  ]
  return settings.filter((setting) => !setting.has(supports))
}

// Images have too many formats and sizes to name those that are not there.
const videoSettings = [
  ...aspectRatios.map((ratio) => has(ratio, (one) => one.aspectRatios.includes(ratio))),
  ...resolutions.map((name) => has(name, (one) => one.resolutions.includes(name))),
  has(message('composer.gapSound'), ({ audio }) => audio),
]

const pictureParts = [
  has(message('composer.gapLastFrame'), ({ lastFrame }) => lastFrame),
  has(message('composer.gapReferences'), ({ maxReferences }) => maxReferences > 0),
]

function has(name: Sentence, test: (supports: ModelSupports) => boolean) {
  return { name, has: test }
}

/** What a model lacks, and which models support it: "M doesn't support 1:1 or sound.", "Kling supports 1:1.". */
export function gapMessages(model: ModelView, models: readonly ModelView[]): MessageRef[] {
  const { supports, label } = model
  const gaps = gapsOf(model)
  if (gaps.length === 0) return []
  // The demo renderer is no alternative to a model.
  const others = models
    .filter(({ id, isEnabled, isDemo }) => id !== model.id && isEnabled && !isDemo)
    .filter((other) => other.supports.sourceVideo === supports.sourceVideo)
  const ableOf = (gap: (typeof gaps)[number]) => others.filter((one) => gap.has(one.supports))
  const byAble = Map.groupBy(gaps, (gap) =>
    ableOf(gap)
      .map(({ id }) => id)
      .join(),
  )
  return [
    message('composer.gaps', { model: label, what: { list: gaps.map(nameOf), link: 'or' } }),
    ...[...byAble.values()].flatMap((same) => elsewhere(same, ableOf(same[0]!))),
  ]
}

function elsewhere(same: readonly { name: Sentence }[], able: readonly ModelView[]): MessageRef[] {
  const labels = able.map(({ label }) => label)
  const count = labels.length
  if (count === 0) return []
  const models =
    count > 2
      ? message('composer.gapsOneAndMore', { model: labels[0]!, count: count - 1 })
      : message('composer.gapNames', { names: { list: labels } })
  const what = { list: same.map(nameOf) }
  return [
    message('composer.gapsElsewhere', { models, able: count === 1 ? 'one' : 'several', what }),
  ]
}

function nameOf({ name }: { name: Sentence }) {
  return name
}
