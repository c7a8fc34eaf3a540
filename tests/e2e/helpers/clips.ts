import { type APIRequestContext, expect } from '@playwright/test'
import type { FileView } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'

/** As small as a video gets, so that a test waits for what it tests and not for a renderer. */
export const smallClip = { resolution: '480p', duration: 2, generateAudio: false } as const

/** Takes long enough to be seen, and stopped, while it renders. */
export const longClip = { resolution: '1080p', duration: 10 } as const

const arrivalMs = 120_000

/** Starts a video as a program would, and answers its view. */
export async function startClip(
  request: APIRequestContext,
  settings: GenerateVideoRequest,
): Promise<FileView> {
  const response = await request.post('/api/generate/video', {
    data: { ...smallClip, ...settings },
  })
  expect(response.status()).toBe(202)
  const { files } = (await response.json()) as { files: [FileView] }
  return files[0]
}

/** What the server says of a video right now, asked past whatever the page's network is made to do. */
export async function readClip(request: APIRequestContext, fileId: string): Promise<FileView> {
  const response = await request.get(`/api/file/${fileId}`)
  expect(response.status()).toBe(200)
  return (await response.json()) as FileView
}

/** Waits until the server has a video where it is wanted. */
export async function waitForClip(
  request: APIRequestContext,
  fileId: string,
  isThere: (view: FileView) => boolean,
): Promise<FileView> {
  let view: FileView | undefined
  const look = async () => {
    view = await readClip(request, fileId)
    return isThere(view)
  }
  await expect.poll(look, { timeout: arrivalMs, intervals: [100, 200, 400] }).toBe(true)
  return view!
}

export const isCompleted = (view: FileView) => view.status === 'completed'

/** A finished small clip. */
export async function makeClip(request: APIRequestContext, settings: GenerateVideoRequest) {
  const { id } = await startClip(request, settings)
  return waitForClip(request, id, isCompleted)
}

/** The videos of the session that asks, newest first. */
export async function listClips(request: APIRequestContext, query = ''): Promise<FileView[]> {
  const response = await request.get(`/api/file${query}`)
  return ((await response.json()) as { files: FileView[] }).files
}
