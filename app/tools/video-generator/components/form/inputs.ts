import type { FileView } from '#lib/contract/file-view'
import { type GenerationInputs, imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Picture } from './pictures.ts'

interface ChosenInputs {
  pictures: readonly Picture[]
  sourceVideo: SourceVideo | null
}

/** What a generation starts from, by the ids of it; what is not uploaded yet is left out. */
export function inputsOf({ pictures, sourceVideo }: ChosenInputs): GenerationInputs {
  const idsOf = (role: Picture['role']) =>
    pictures.flatMap((picture) => (picture.role === role && picture.id ? [picture.id] : []))
  return {
    firstFrame: idsOf('firstFrame')[0] ?? null,
    lastFrame: idsOf('lastFrame')[0] ?? null,
    references: idsOf('reference'),
    sourceVideo: sourceVideo?.id ?? null,
  }
}

/** The form's side of the inputs of a video that was made: the ids, without their pictures. */
export function chosenFrom(inputs: GenerationInputs): {
  pictures: Picture[]
  sourceVideo: SourceVideo | null
} {
  const { firstFrame, lastFrame, references, sourceVideo } = inputs
  const pictures = [
    firstFrame && pictureOf(firstFrame, 'firstFrame'),
    lastFrame && pictureOf(lastFrame, 'lastFrame'),
    ...references.map((id) => pictureOf(id, 'reference')),
  ].filter((picture) => picture !== null && picture !== '')
  return {
    pictures,
    sourceVideo: sourceVideo ? { id: sourceVideo, prompt: '', posterUrl: null } : null,
  }
}

function pictureOf(id: string, role: Picture['role']): Picture {
  return {
    key: `${role}-${id}`,
    role,
    name: 'Earlier picture',
    url: `/api/media/${id}/source`,
    id,
    progress: 1,
    problem: null,
  }
}

/** The film that is to be made over. */
export interface SourceVideo {
  id: string
  /** What it is of; empty where only its id is known. */
  prompt: string
  posterUrl: string | null
}

export function sourceVideoOf({ id, settings, posterUrl }: FileView): SourceVideo {
  return { id, prompt: settings.prompt, posterUrl }
}

/** Whether a video can be made over: it is there, and no larger than providers take. */
export function canBeSource({ status, url, sizeBytes }: FileView) {
  return status === 'completed' && url !== null && (sizeBytes ?? 0) <= imageMaxBytes
}
