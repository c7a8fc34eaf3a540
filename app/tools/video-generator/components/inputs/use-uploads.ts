'use client'

import { useRef } from 'react'
import { newIdempotencyKey } from '#lib/ai/api/new-idempotency-key'
import { ProblemError } from '#lib/contract/read-answer'
import type { ComposerForm } from '../use-composer-form.ts'
import type { Picture, PictureRole } from './picture.ts'

/** Puts pictures into the form and uploads each at once; how far each is stands in the form. */
export function useUploads({ change }: ComposerForm) {
  const blobs = useRef(new Map<string, Blob>())
  const patch = (key: string, part: Partial<Picture>) =>
    change(({ pictures = [] }) => ({
      pictures: pictures.map((one) => (one.key === key ? { ...one, ...part } : one)),
    }))
  const upload = async (key: string) => {
    const blob = blobs.current.get(key)
    if (!blob) return
    patch(key, { problem: null, progress: 0 })
    try {
      const { uploadImage } = await import('#lib/ai/api/upload-image')
      const { id } = await uploadImage(blob, (progress) => patch(key, { progress }))
      patch(key, { id, progress: 1 })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      patch(key, { problem: error.problem.detail })
    }
  }
  const put = (file: File, role: PictureRole, replacedKey?: string) => {
    const key = newIdempotencyKey()
    blobs.current.set(key, file)
    const url = URL.createObjectURL(file)
    const fresh = { key, role, name: file.name, url, id: null, progress: 0, problem: null }
    change(({ pictures = [] }) => ({ pictures: withPicture(pictures, fresh, replacedKey) }))
    void upload(key)
    return fresh
  }
  const forget = ({ key, url }: Picture) => {
    blobs.current.delete(key)
    if (url?.startsWith('blob:')) URL.revokeObjectURL(url)
  }
  return { put, upload, forget }
}

/** A frame takes the place of the one before it; a reference stands beside the others. */
function withPicture(pictures: readonly Picture[], fresh: Picture, replacedKey?: string) {
  const place = pictures.findIndex(({ key, role }) =>
    replacedKey ? key === replacedKey : role === fresh.role && role !== 'reference',
  )
  return place < 0 ? [...pictures, fresh] : pictures.with(place, fresh)
}
