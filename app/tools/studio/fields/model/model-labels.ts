import { durationSteps, type ModelView, type Price } from '#lib/contract/model-view'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'

/** What is charged, without a length: `free`, `$0.10 per second`, `$0.40 per video`. */
export function rateLabel(
  { perRunUsd, perSecondUsd }: Price,
  kind: ModelView['kind'] = 'video',
): MessageRef {
  const video = { usd: perRunUsd }
  const second = { usd: perSecondUsd }
  if (perRunUsd && perSecondUsd) return message('composer.perVideoAndSecond', { video, second })
  if (perRunUsd) return message('composer.perRun', { price: video, kind })
  if (perSecondUsd) return message('composer.perSecond', { price: second })
  return message('composer.free')
}

type Supports = ModelView['supports']

/** What it makes, in two lines: formats and lengths, sizes and sound; of images formats and sides, sizes and files. */
export function abilityLines({ kind, supports }: ModelView): Sentence[][] {
  const { aspectRatios, resolutions, customSize, imageFormats } = supports
  const [ratios, sizes] = [aspectRatios.join(' '), resolutions.join(' ')]
  if (kind === 'video')
    return [
      [ratios, lengthLabel(supports)],
      [sizes, soundLabel(supports)],
    ]
  const sides = customSize && message('images.sides', { ...customSize })
  const files = imageFormats.map((format) => format.toUpperCase()).join(' ')
  return [
    [ratios, sides],
    [sizes, files],
  ].map((line) => line.flatMap((part) => part || []))
}

/** "4, 6, 8 s", "2 to 10 s", "5 s". */
export function lengthLabel({ duration }: Supports): MessageRef {
  const { min, max, step } = duration
  const steps = durationSteps(duration)
  if (steps.length <= 4) return message('composer.lengthList', { list: steps.join(', ') })
  return message(step > 1 ? 'composer.lengthSteps' : 'composer.lengthRange', { min, max, step })
}

/** What it can start from, or null where from a prompt only: "first and last frame, 3 references". */
export function inputLabels({ firstFrame, lastFrame, maxReferences, sourceVideo }: Supports) {
  if (sourceVideo === 'required') return [message('composer.makesOver')]
  const frames = firstFrame
    ? message(lastFrame ? 'composer.firstAndLastFrame' : 'composer.firstFrame')
    : lastFrame && message('composer.lastFrame')
  const references = maxReferences > 0 && message('composer.references', { count: maxReferences })
  return [frames, references].filter((one) => one !== false)
}

/** "sound on or off", "always with sound", "silent". */
export function soundLabel({ audio, silence }: Supports): MessageRef {
  if (!audio) return message('composer.silent')
  return message(silence ? 'composer.soundOptional' : 'composer.alwaysAudio')
}

/** "about 1 min 30 s, estimated"; null before the first video. */
export function speedLabel({ usualSeconds }: Pick<ModelView, 'usualSeconds'>): MessageRef | null {
  if (usualSeconds === null) return null
  return message('composer.about', { time: { seconds: Math.round(usualSeconds) } })
}
