import { withBasePath } from '#lib/contract/calls/base-path'
import type { UploadView } from '#lib/contract/library/library'
import type { AssetRow } from './assets.ts'
import { posterOf } from './poster.ts'

/** An upload as its owner sees it. */
export function uploadViewOf(row: AssetRow): UploadView {
  const at = (name: string) => withBasePath(`/api/media/${row.id}/${name}`)
  const poster = posterOf(row)
  return {
    id: row.id,
    type: row.kind,
    name: row.name,
    url: withBasePath(`/api/media/${row.storageKey}`),
    posterUrl: poster && at(poster),
    posterSeconds: row.posterSeconds,
    filmstripUrl: row.filmstripFrames ? at('filmstrip.jpg') : null,
    filmstripFrames: row.filmstripFrames,
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    width: row.width,
    height: row.height,
    durationSeconds: row.durationSeconds,
    videoCodec: row.videoCodec,
    audioCodec: row.audioCodec,
    isKept: row.isKept,
    createdAt: row.createdAt.toISOString(),
  }
}
