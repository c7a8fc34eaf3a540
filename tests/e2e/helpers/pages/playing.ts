import { type Locator, expect } from '@playwright/test'

/** Plays a video and waits until its time has advanced. */
export async function expectToPlay(video: Locator) {
  await expect(video).toBeVisible()
  await video.evaluate((element: HTMLVideoElement) => {
    // A test needs no sound, and headless machines have no device for it.
    element.muted = true
    return element.play()
  })
  const time = () => video.evaluate((element: HTMLVideoElement) => element.currentTime)
  await expect.poll(time).toBeGreaterThan(0.2)
}

/** Width and height of the picture, as the browser decodes it. */
export function pictureSize(video: Locator) {
  return video.evaluate((element: HTMLVideoElement) => ({
    width: element.videoWidth,
    height: element.videoHeight,
  }))
}

/** The SHA-256 of the bytes behind a video's address, fetched by the page itself. */
export function playedHash(video: Locator) {
  return video.evaluate(async (element: HTMLVideoElement) => {
    const bytes = await (await fetch(element.currentSrc)).arrayBuffer()
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  })
}
