'use client'

import { uploadImage } from '#lib/ai/api/upload-image'
import { ProblemError } from '#lib/contract/problem'
import { checkPicture } from '../../hooks/use-picture-drop.ts'
import { type RowPicture, roomForPictures, withPictures } from './form/rows.ts'
import type { BatchForm } from './use-batch.ts'

/** Pairs pictures with rows, in the order of their names, and uploads them one after the other. Those without a row are not sent. */
export function useRowPictures({ rows, setRows }: Pick<BatchForm, 'rows' | 'setRows'>) {
  const patch = (preview: string, part: Partial<RowPicture>) =>
    setRows((known) =>
      known.map((row) =>
        row.picture?.preview === preview ? { ...row, picture: { ...row.picture, ...part } } : row,
      ),
    )
  const upload = async (file: File, preview: string) => {
    const problem = checkPicture(file)
    if (problem) return patch(preview, { problem })
    try {
      const { id } = await uploadImage(file, { onProgress: () => {} })
      return patch(preview, { id })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      return patch(preview, { problem: error.problem.detail })
    }
  }
  return async (files: readonly File[]) => {
    const inOrder = files.toSorted((a, b) =>
      a.name.localeCompare(b.name, undefined, { numeric: true }),
    )
    const taken = inOrder
      .slice(0, roomForPictures(rows))
      .map((file) => ({ file, preview: URL.createObjectURL(file) }))
    setRows((known) =>
      withPictures(
        known,
        taken.map(({ file, preview }) => ({ name: file.name, preview })),
      ),
    )
    for (const { file, preview } of taken) await upload(file, preview)
  }
}
