import type { FileView } from '#lib/contract/file-view'
import { imageMaxBytes } from '#lib/contract/generation-inputs'

const timeoutMs = 20_000
/** The last moment of a video is blank in some browsers. */
const beforeEndSeconds = 0.05

export type GrabbedFrame = 'poster' | 'last'

/** A frame of a finished video as a picture: its poster or its last frame. Rejects if it cannot be read. */
export async function grabFrame(view: FileView, which: GrabbedFrame): Promise<File> {
  const blob = which === 'poster' ? await readPoster(view) : await drawLastFrame(view)
  const extension = blob.type === 'image/png' ? 'png' : 'jpg'
  return new File([blob], `${which}-${view.id}.${extension}`, { type: blob.type })
}

async function readPoster({ posterUrl }: FileView) {
  const response = await fetch(posterUrl ?? '')
  if (!response.ok) throw new Error('The poster could not be read.')
  return response.blob()
}

async function drawLastFrame({ url }: FileView) {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  video.src = url ?? ''
  await happened(video, 'loadeddata')
  video.currentTime = Math.max(0, video.duration - beforeEndSeconds)
  await happened(video, 'seeked')
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  video.removeAttribute('src')
  video.load()
  const png = await encode(canvas, 'image/png')
  return png.size <= imageMaxBytes ? png : encode(canvas, 'image/jpeg')
}

function happened(video: HTMLVideoElement, event: 'loadeddata' | 'seeked') {
  return new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error('The video could not be read.'))
    const signal = AbortSignal.timeout(timeoutMs)
    signal.addEventListener('abort', fail)
    video.addEventListener(event, () => resolve(), { once: true })
    video.addEventListener('error', fail, { once: true })
  })
}

function encode(canvas: HTMLCanvasElement, type: string) {
  return new Promise<Blob>((resolve, reject) => {
    const take = (blob: Blob | null) =>
      blob ? resolve(blob) : reject(new Error('The frame could not be kept.'))
    canvas.toBlob(take, type, 0.92)
  })
}
