import { type GenerationInputs, imageMaxBytes } from '#lib/contract/generation-inputs'
import { AppError } from '../errors.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { takeOwnedImages } from '../files/images.ts'

/** Throws where a picture or film a generation starts from is not there, not this user's or not fit for it. */
export async function assertInputs(userId: string, inputs: GenerationInputs, now?: Date) {
  const { firstFrame, lastFrame, references, sourceVideo } = inputs
  const asked = [firstFrame, lastFrame, ...references].filter((id) => id !== null)
  const found = await takeOwnedImages(userId, asked, now)
  const missing = asked.filter((id) => !found.some((image) => image.id === id))
  if (missing.length > 0) throw fault('inputs', 'An image is not there any more. Add it again.')
  if (sourceVideo === null) return
  const film = await findOwnedFile(userId, sourceVideo)
  if (film?.state !== 'completed')
    throw fault('inputs.sourceVideo', 'This video is not there, or not ready. Choose another one.')
  if ((film.sizeBytes ?? 0) > imageMaxBytes)
    throw fault('inputs.sourceVideo', 'This video has more than 10 MB. Choose a smaller one.')
}

function fault(field: string, message: string) {
  return new AppError('invalid_input', { userMessage: message, fields: [{ field, message }] })
}
