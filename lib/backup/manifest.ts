import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

// A backup is a folder: `database/` and `data/` with the files, and `backup.json`, which lists them with their
// checksums. It is written last, so a folder without it holds no whole backup.

export const databasePart = 'database'
export const dataPart = 'data'
export const manifestName = 'backup.json'

const partPath = new RegExp(`^(${databasePart}|${dataPart})(/(?!\\.\\.?(/|$))[^/\\0]+)+$`)

const fileSchema = z.object({
  path: z.string().regex(partPath),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifestSchema = z.object({
  format: z.literal('photofinish-backup'),
  formatVersion: z.literal(1),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** Of the embedded database; null where `DATABASE_URL` was set, and it was not part of the backup. */
  postgresVersion: z.string().nullable(),
  /** Folders that are part of it though they hold no file. */
  folders: z.array(z.string().regex(partPath)),
  files: z.array(fileSchema),
})
export type Manifest = z.output<typeof manifestSchema>

export async function writeManifest(folder: string, manifest: Manifest) {
  const path = join(folder, manifestName)
  await writeFile(`${path}.part`, JSON.stringify(manifest, undefined, 1), { mode: 0o600 })
  await rename(`${path}.part`, path)
}

/** Throws a sentence where the folder holds no whole backup. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, manifestName), 'utf8').catch((error: unknown) => {
    throw new Error(
      `${folder} holds no whole backup: ${manifestName} is missing. A backup that was cut off has none.`,
      { cause: error },
    )
  })
  const parsed = manifestSchema.safeParse(parse(text))
  if (parsed.success) return parsed.data
  throw new Error(
    `${folder} holds no backup that this Photofinish can read: its ${manifestName} is damaged, or of another version.`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function bytesOf(files: readonly { bytes: number }[]) {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
