import { message } from '#lib/messages/message'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { FileView } from '#lib/contract/file-view'
import { type GenerationInputs, imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Picture } from './pictures.ts'

interface ChosenInputs {
  pictures: readonly Picture[]
  sourceVideo: SourceVideo | null
}

/** The inputs of a request, by id; without what is not uploaded yet. */
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

/** The inputs of an earlier video as form values, by id only. */
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

/** A finished image as a picture of the form: it is on the server already. */
export function generatedPicture(view: FileView, role: Picture['role']): Picture {
  return {
    ...pictureOf(view.id, role),
    name: view.settings.prompt,
    url: view.posterUrl ?? view.url,
  }
}

function pictureOf(id: string, role: Picture['role']): Picture {
  const name = id.startsWith('file_') ? 'poster' : 'source'
  return {
    key: `${role}-${id}`,
    role,
    name: message('inputs.earlier'),
    url: withBasePath(`/api/media/${id}/${name}`),
    id,
    progress: 1,
    problem: null,
  }
}

/** The video that is made over. */
export interface SourceVideo {
  id: string
  /** Its prompt; empty where only its id is known. */
  prompt: string
  posterUrl: string | null
}

export function sourceVideoOf({ id, settings, posterUrl }: FileView): SourceVideo {
  return { id, prompt: settings.prompt, posterUrl }
}

/** Whether a video can be made over: finished, and not larger than providers accept. */
export function canBeSource({ status, url, sizeBytes }: FileView) {
  return status === 'completed' && url !== null && (sizeBytes ?? 0) <= imageMaxBytes
}
