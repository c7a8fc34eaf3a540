import { imageMaxBytes, noInputs } from '#lib/contract/generation-inputs'
import type { InputRole, ProviderInput } from '../ai/providers/provider.ts'
import type { FileRow } from '../files/file-row.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { findOwnedImages } from '../files/images.ts'
import type { Storage } from '../storage/storage.ts'
import { imageKey } from '../files/image-key.ts'

/** The pictures and the film of a generation as a provider takes them: bytes on demand, out of our storage. */
export async function providerInputs(row: FileRow, storage: Storage): Promise<ProviderInput[]> {
  const { firstFrame, lastFrame, references, sourceVideo } = row.inputs ?? noInputs
  const wanted: [role: InputRole, id: string][] = []
  if (firstFrame) wanted.push(['first_frame', firstFrame])
  if (lastFrame) wanted.push(['last_frame', lastFrame])
  for (const id of references) wanted.push(['reference', id])
  const images = await findOwnedImages(
    row.userId,
    wanted.map(([, id]) => id),
  )
  const inputs = wanted.map(([role, id]) => {
    const image = images.find((one) => one.id === id)
    return image ? inputOf(role, image.contentType, imageKey(image), storage) : goneInput(role, id)
  })
  if (sourceVideo) inputs.push(filmOf(row.userId, sourceVideo, storage))
  return inputs
}

/** A video without its picture would be another one, and paid for: the picture is missed where it is read. */
function goneInput(role: InputRole, id: string): ProviderInput {
  const read = () => Promise.reject(new Error(`the picture ${id} is not there for its user`))
  return { role, contentType: 'image/png', fileName: id, read }
}

function filmOf(userId: string, id: string, storage: Storage): ProviderInput {
  const film = inputOf('source_video', 'video/mp4', `${id}/video.mp4`, storage)
  const read = async () => {
    const owned = await findOwnedFile(userId, id)
    if (owned?.state !== 'completed') throw new Error(`the film ${id} is not there for its user`)
    return film.read()
  }
  return { ...film, read }
}

function inputOf(
  role: InputRole,
  contentType: string,
  key: string,
  storage: Storage,
): ProviderInput {
  return {
    role,
    contentType,
    fileName: key.replace('/', '-'),
    async read() {
      const object = await storage.get(key)
      if (!object) throw new Error(`the input ${key} is not in storage any more`)
      if (object.sizeBytes > imageMaxBytes) throw new Error(`the input ${key} is too large`)
      return new Uint8Array(await new Response(object.read() as BodyInit).arrayBuffer())
    },
  }
}
