import type { GenerationInputs } from '#lib/contract/generation-inputs'
import type { Picture } from './picture.ts'
import type { SourceVideo } from './source-video.ts'

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
