import { type Sentence, message } from '#lib/messages/message'
import type { EditOrder, MediaType } from '../generation.ts'

// What an edit takes, for the server and the editor alike.

/** The most videos of one join, and the most times of one loop. */
export const joinedAtMost = 20
export const loopsAtMost = 20

/** The most of one source, and of all of one edit together: 500 MB and 1 GB. */
export const sourceMaxBytes = 500 * 1024 * 1024
const sourcesMaxBytes = 1024 ** 3

/** The longest video that comes of an edit, in seconds, and the longest side of a source. */
const longestSeconds = 30 * 60
const sourceMaxSide = 4096

export const animationLimits = {
  seconds: 15,
  width: { min: 64, max: 960 },
  fps: { min: 1, max: 30 },
  /** All frames together. */
  pixels: 40_000_000,
} as const

/** The shortest span: less than a frame of any video. */
const shortestSpan = 0.01

/** What is known of a source of an edit. */
export interface EditSource {
  type: MediaType
  durationSeconds: number | null
  width: number
  height: number
  sizeBytes: number
}

export interface EditFault {
  field: string
  message: Sentence
}

/** Why an edit cannot be made of these sources; empty where it can. The order itself has passed its schema. */
export function editFaults(edit: EditOrder, sources: readonly EditSource[]): EditFault[] {
  return [...sourceFaults(edit, sources), ...orderFaults(edit, sources[0])]
}

function* sourceFaults(edit: EditOrder, sources: readonly EditSource[]): Generator<EditFault> {
  const fault = (field: string, says: Sentence) => ({ field, message: says })
  if (edit.operation === 'join' ? sources.length < 2 : sources.length !== 1)
    yield fault(
      'sources',
      message(edit.operation === 'join' ? 'request.joinTwo' : 'request.oneSource'),
    )
  for (const [place, source] of sources.entries()) {
    const field = `sources.${place}`
    if (source.type !== 'video') yield fault(field, message('request.notVideo'))
    if (source.sizeBytes > sourceMaxBytes)
      yield fault(field, message('request.sourceTooLarge', { limit: { bytes: sourceMaxBytes } }))
    if (Math.max(source.width, source.height) > sourceMaxSide)
      yield fault(field, message('request.sourceTooWide', { limit: sourceMaxSide }))
  }
  const bytes = sources.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (sources.length > 1 && bytes > sourcesMaxBytes)
    yield fault(
      'sources',
      message('request.sourcesTooLarge', { limit: { bytes: sourcesMaxBytes } }),
    )
  if (secondsOf(edit, sources) > longestSeconds)
    yield fault('edit', message('request.editTooLong', { limit: { seconds: longestSeconds } }))
}

/** How long what comes of it is; zero for a picture. */
export function secondsOf(edit: EditOrder, sources: readonly EditSource[]) {
  const all = sources.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0)
  switch (edit.operation) {
    case 'trim':
      return Math.max(0, Math.min(edit.to, all || edit.to) - edit.from)
    case 'loop':
      return all * edit.times
    case 'frame':
    case 'animation':
      return 0
    default:
      return all
  }
}

function orderFaults(edit: EditOrder, source: EditSource | undefined): EditFault[] {
  switch (edit.operation) {
    case 'trim':
      return spanFaults(edit, source)
    case 'animation':
      return [...spanFaults(edit, source), ...animationFaults(edit, source)]
    case 'frame':
      return typeof edit.at === 'number' ? timeFaults('at', edit.at, source) : []
    default:
      return []
  }
}

// Clocks of browsers and films differ by less than this at the end.
const slack = 0.1

/** What is said of a time behind the end of a film; undefined for one before it. */
export function pastEnd(at: number, seconds: number | null | undefined): Sentence | undefined {
  if (!seconds || at <= seconds + slack) return undefined
  return message('request.pastEnd', { length: { seconds } })
}

function timeFaults(name: string, at: number, source: EditSource | undefined): EditFault[] {
  const says = pastEnd(at, source?.durationSeconds)
  return says ? [{ field: `edit.${name}`, message: says }] : []
}

function spanFaults(
  { from, to }: { from: number; to: number },
  source: EditSource | undefined,
): EditFault[] {
  if (to - from < shortestSpan)
    return [{ field: 'edit.to', message: message('request.spanBackwards') }]
  const seconds = source?.durationSeconds
  const isPast = seconds && from >= seconds
  return isPast ? timeFaults('from', Infinity, source) : timeFaults('to', to, source)
}

type Animation = Extract<EditOrder, { operation: 'animation' }>

function animationFaults(edit: Animation, source: EditSource | undefined): EditFault[] {
  const { seconds, pixels } = animationLimits
  const length = edit.to - edit.from
  if (length > seconds + slack)
    return [{ field: 'edit.to', message: message('request.animationLong', { limit: seconds }) }]
  if (pixelsOf(edit, source) <= pixels) return []
  return [{ field: 'edit.width', message: message('request.animationLarge') }]
}

function pixelsOf({ from, to, fps, width }: Animation, source: EditSource | undefined) {
  const wide = Math.min(width, source?.width ?? width)
  const ratio = source ? source.height / source.width : 1
  return Math.ceil((to - from) * fps) * wide * wide * ratio
}
