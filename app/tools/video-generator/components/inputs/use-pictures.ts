'use client'

import type { ComposerForm } from '../use-composer-form.ts'
import { checkPicture } from './check-picture.ts'
import type { PicturePlace } from './picture-places.ts'
import { freeRole, type Picture, type PictureRole } from './picture.ts'
import { useUploads } from './use-uploads.ts'

/** The pictures of the form: taken from wherever they come, uploaded at once, tried again, taken out. */
export function usePictures(form: ComposerForm, announce: (sentence: string) => void) {
  const { values, model, change, showFault } = form
  const { put, upload, forget } = useUploads(form)
  return {
    /** Adds files, each in the next part that is free. */
    add: (files: readonly File[]) => {
      if (!model) return
      const pictures = [...values.pictures]
      let fault: string | null = null
      for (const file of files) {
        const role = freeRole(pictures, model.supports)
        fault = checkPicture(file) ?? (role ? null : noRoomWords(model.label, pictures.length))
        if (fault || !role) break
        pictures.push(put(file, role))
      }
      showFault('inputs', fault)
      const added = pictures.slice(values.pictures.length)
      if (added.length > 0) announce(addedWords(added))
    },
    /** Puts a file into a place of the form; what was there goes. */
    fill: ({ part, picture }: PicturePlace, file: File) => {
      const fault = checkPicture(file)
      showFault('inputs', fault)
      if (fault) return
      announce(addedWords([put(file, part, picture?.key)]))
      if (picture) forget(picture)
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

const names: Record<PictureRole, string> = {
  firstFrame: 'The first frame',
  lastFrame: 'The last frame',
  reference: 'A reference',
}

function addedWords(added: readonly { role: PictureRole }[]) {
  return added.map(({ role }) => `${names[role]} is set.`).join(' ')
}

function noRoomWords(label: string, count: number) {
  return count > 0
    ? `${label} takes no further picture: remove or replace one.`
    : `${label} begins with words only. Choose a model that takes pictures.`
}
