'use client'

import type { ComposerForm } from '../use-composer-form.ts'
import { checkPicture } from './check-picture.ts'
import { freeRole, type Picture, type PictureRole } from './picture.ts'
import { useUploads } from './use-uploads.ts'

/** The pictures of the form: taken from wherever they come, uploaded at once, tried again, taken out. */
export function usePictures(form: ComposerForm) {
  const { values, model, change, showFault } = form
  const { put, upload, forget } = useUploads(form)
  return {
    /** Adds files, each in the given part or in the next one that is free. */
    add: (files: readonly File[], wanted?: PictureRole) => {
      if (!model) return
      const pictures = [...values.pictures]
      let fault: string | null = null
      for (const file of files) {
        const role = wanted ?? freeRole(pictures, model.supports)
        fault = checkPicture(file) ?? (role ? null : noRoomWords(model.label, pictures.length))
        if (fault || !role) break
        pictures.push(put(file, role))
      }
      showFault('inputs', fault)
    },
    replace: (picture: Picture, file: File) => {
      const fault = checkPicture(file)
      if (!fault) {
        put(file, picture.role, picture.key)
        forget(picture)
      }
      showFault('inputs', fault)
    },
    retry: ({ key }: Picture) => void upload(key),
    remove: (picture: Picture) => {
      forget(picture)
      change(({ pictures = [] }) => ({
        pictures: pictures.filter(({ key }) => key !== picture.key),
      }))
      showFault('inputs', null)
    },
    /** Makes a picture the first frame, whatever was it before; references go, for both do not go together. */
    beginWith: (file: File) => {
      change(({ pictures = [] }) => ({
        pictures: pictures.filter(({ role }) => role !== 'reference'),
      }))
      put(file, 'firstFrame')
    },
  }
}

export type Pictures = ReturnType<typeof usePictures>

function noRoomWords(label: string, count: number) {
  return count > 0
    ? `${label} takes no further picture: remove or replace one.`
    : `${label} begins with words only. Choose a model that takes pictures.`
}
