import type { FileView } from '#lib/contract/file-view'
import {
  costLabel as costWords,
  statusLabel as statusWords,
} from '#components/video/progress/status-label.ts'

export interface Difference {
  name: string
  /** The left one, the right one. */
  values: [string, string]
}

const aspects: [name: string, read: (view: FileView) => string][] = [
  ['Prompt', ({ settings }) => settings.prompt],
  ['Model', ({ modelLabel }) => modelLabel],
  // The last letters of its id are enough to tell two images apart.
  ['Begins with', ({ settings }) => imageName(settings.inputs.firstFrame)],
  ['Frame', ({ settings, width, height }) => `${settings.aspectRatio}, ${width} × ${height}`],
  ['Length', ({ settings }) => `${settings.duration} s`],
  ['Without', ({ settings }) => settings.negativePrompt ?? 'nothing said'],
  ['Sound', ({ settings }) => (settings.generateAudio ? 'on' : 'off')],
  ['Seed', ({ settings }) => String(settings.seed)],
  ['Cost', costWords],
  ['State', statusWords],
]

/** What tells two videos apart, in words; what is the same is left out. */
export function differencesBetween(left: FileView, right: FileView): Difference[] {
  return aspects
    .map(([name, read]): Difference => ({ name, values: [read(left), read(right)] }))
    .filter(({ values: [a, b] }) => a !== b)
}

function imageName(id: string | null) {
  return id ? `image ${id.slice(-4)}` : 'no image'
}
