import type { AssetRow } from '../../assets/assets.ts'
import type { GenerationRow } from '../../generations/row.ts'
import { fileViewOf } from '../../generations/view.ts'

/** One file of a ZIP, and what is told of it in the file beside. */
export interface Entry {
  id: string
  /** Its prompt, or the name it was brought with. */
  title: string
  extension: string
  storageKey: string
  madeAt: Date
  settings: object
}

/** Of a finished generation; undefined of one that has no bytes. */
export function entryOfGeneration(row: GenerationRow): Entry | undefined {
  if (row.state !== 'completed' || !row.asset || row.deletedAt) return undefined
  const { settings, cost, ...view } = fileViewOf(row)
  return {
    id: row.id,
    title: row.prompt,
    extension: extensionOf(row.asset.storageKey),
    storageKey: row.asset.storageKey,
    madeAt: row.finishedAt ?? row.createdAt,
    settings: {
      id: view.id,
      kind: view.kind,
      ...settings,
      modelLabel: view.modelLabel,
      provider: view.providerLabel,
      isDemo: view.isDemo,
      costUsd: cost.chargedUsd ?? cost.actualUsd,
      width: view.width,
      height: view.height,
      durationSeconds: view.durationSeconds,
      contentType: view.contentType,
      sha256: view.sha256,
      createdAt: view.createdAt,
      finishedAt: view.finishedAt,
    },
  }
}

/** Of an upload. */
export function entryOfUpload(row: AssetRow): Entry {
  const { id, kind, name, width, height, durationSeconds, contentType, sha256, createdAt } = row
  return {
    id,
    title: name?.replace(/\.[^.]*$/, '') ?? kind,
    extension: extensionOf(row.storageKey),
    storageKey: row.storageKey,
    madeAt: createdAt,
    settings: {
      id,
      kind: 'upload',
      name,
      width,
      height,
      durationSeconds,
      contentType,
      sha256,
      createdAt: createdAt.toISOString(),
    },
  }
}

function extensionOf(storageKey: string) {
  return storageKey.slice(storageKey.lastIndexOf('.'))
}
