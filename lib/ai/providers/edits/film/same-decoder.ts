import type { SourceFilm } from './source-film.ts'

// An MP4 may hold others as well, which players do not expect there.
const copied = new Set(['avc', 'hevc', 'vp9', 'av1'])

/** Whether the packets of a film can be taken over as they are. */
export async function canBeCopied({ video }: SourceFilm) {
  return copied.has((await video.getCodec()) ?? '')
}

/** Whether one decoder can go on through all films, and shows them the same way. */
export async function haveSameDecoder(films: SourceFilm[]) {
  const kinds = await Promise.all(films.map(decoderOf))
  return new Set(kinds).size === 1
}

async function decoderOf({ video }: SourceFilm) {
  const config = await video.getDecoderConfig()
  const description = config?.description && Buffer.from(bytesOf(config.description))
  return JSON.stringify([
    config?.codec,
    config?.codedWidth,
    config?.codedHeight,
    description?.toString('base64'),
    await video.getRotation(),
    await video.getFlip(),
    await video.getDisplayWidth(),
    await video.getDisplayHeight(),
  ])
}

function bytesOf(source: AllowSharedBufferSource) {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}
