'use client'

import { useSay } from '#lib/messages/use-say'
import { message } from '#lib/messages/message'
import { useEffect, useEffectEvent, useRef } from 'react'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { ModelView } from '#lib/contract/model-view'
import { loadPart, ProblemError } from '#lib/contract/problem'
import type { FileView } from '#lib/contract/file-view'
import { checkPicture } from '../../../../hooks/use-picture-drop.ts'
import { generatedPicture } from './inputs.ts'
import { freeRole, type Picture, type PicturePlace, type PictureRole } from './pictures.ts'
import type { ComposerForm } from '../use-composer-form.ts'

/** The pictures of the form: added from any source, uploaded at once, retried, removed. */
export function usePictures(form: ComposerForm, announce: (sentence: string) => void) {
  const say = useSay()
  const { values, model, change, showFault } = form
  const { put, upload, forget } = useUploads(form)
  const whenModelIsKnown = useModelWait(model, (known, files) => {
    const { added, fault } = addFiles(files, values.pictures, known, put)
    showFault('inputs', fault)
    if (added.length > 0) announce(say(addedMessage(added)))
  })
  return {
    /** Adds files, each in the next free role. */
    add: (files: readonly File[]) => {
      if (!whenModelIsKnown(files)) showFault('inputs', message('inputs.modelsNotLoaded'))
    },
    /** Puts a file into a slot and replaces its picture. */
    fill: ({ part, picture }: PicturePlace, file: File) => {
      const fault = checkPicture(file)
      showFault('inputs', fault)
      if (fault) return
      announce(say(addedMessage([put(file, part, picture?.key)])))
      if (picture) forget(picture)
    },
    /** Puts a finished image into a slot; it is on the server already. */
    take: ({ part, picture }: PicturePlace, view: FileView) => {
      const taken = generatedPicture(view, part)
      change(({ pictures = [] }) => ({ pictures: withPicture(pictures, taken, picture?.key) }))
      showFault('inputs', null)
      announce(say(addedMessage([taken])))
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
    /** Replaces the first frame and removes references, which cannot be combined with it. */
    beginWith: (file: File) => {
      change(({ pictures = [] }) => ({
        pictures: pictures.filter(({ role }) => role !== 'reference'),
      }))
      put(file, 'firstFrame')
    },
  }
}

export type Pictures = ReturnType<typeof usePictures>

/** Does something with files now, or once it is known which model they are for; answers whether that was now. */
function useModelWait(
  model: ModelView | undefined,
  act: (model: ModelView, files: readonly File[]) => void,
) {
  const waiting = useRef<File[]>([])
  const actLate = useEffectEvent((known: ModelView) => {
    if (waiting.current.length > 0) act(known, waiting.current.splice(0))
  })
  useEffect(() => {
    if (model) actLate(model)
  }, [model])
  return (files: readonly File[]) => {
    if (model) act(model, files)
    else waiting.current.push(...files)
    return model !== undefined
  }
}

/** Adds files until one cannot be used, each in the next free role. */
function addFiles(
  files: readonly File[],
  before: readonly Picture[],
  { label, supports }: ModelView,
  put: (file: File, role: PictureRole) => Picture,
) {
  const added: Picture[] = []
  for (const file of files) {
    const pictures = [...before, ...added]
    const role = freeRole(pictures, supports)
    const fault = checkPicture(file) ?? (role ? null : noRoomMessage(label, pictures.length))
    if (fault || !role) return { added, fault }
    added.push(put(file, role))
  }
  return { added, fault: null }
}

function addedMessage(added: readonly { role: PictureRole }[]) {
  const sentences = added.map(({ role }) => message(`inputs.set_${role}`))
  return message('composer.changes', { sentences: { sentences } })
}

function noRoomMessage(model: string, count: number) {
  return message(count > 0 ? 'inputs.noRoom' : 'inputs.noPictures', { model })
}

/** Adds pictures to the form and uploads each at once, with its progress in the form. */
function useUploads({ change }: ComposerForm) {
  const blobs = useRef(new Map<string, Blob>())
  const uploads = useRef(new Map<string, AbortController>())
  const patch = (key: string, part: Partial<Picture>) =>
    change(({ pictures = [] }) => ({
      pictures: pictures.map((one) => (one.key === key ? { ...one, ...part } : one)),
    }))
  const upload = async (key: string) => {
    const blob = blobs.current.get(key)
    if (!blob) return
    patch(key, { problem: null, progress: 0 })
    const controller = new AbortController()
    uploads.current.set(key, controller)
    const { signal } = controller
    const onProgress = (progress: number) => patch(key, { progress })
    try {
      const { uploadImage } = await loadPart(import('#lib/ai/api/upload-image'))
      const { id } = await uploadImage(blob, { onProgress, signal })
      patch(key, { id, progress: 1 })
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ProblemError)) throw error
      patch(key, { problem: error.problem.detail })
    } finally {
      uploads.current.delete(key)
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
    uploads.current.get(key)?.abort()
    blobs.current.delete(key)
    if (url?.startsWith('blob:')) URL.revokeObjectURL(url)
  }
  return { put, upload, forget }
}

/** A frame replaces the one of its role; a reference is added. */
function withPicture(pictures: readonly Picture[], fresh: Picture, replacedKey?: string) {
  const others = pictures.filter(({ key }) => key !== fresh.key)
  const place = others.findIndex(({ key, role }) =>
    replacedKey ? key === replacedKey : role === fresh.role && role !== 'reference',
  )
  return place < 0 ? [...others, fresh] : others.with(place, fresh)
}
