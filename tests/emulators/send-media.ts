import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatedJob, Emulator } from './emulator.ts'
import type { Fault } from './faults.ts'
import { htmlPage } from './html-page.ts'
import { sendAnswer } from './send-answer.ts'

/** Sends the finished video or image that an address leads to, with every fault that its prompt orders. */
export async function sendMedia(emulator: Emulator, asked: URL, response: ServerResponse) {
  const reference = decodeURIComponent(
    /^\/media\/(?:moved\/)?(.+)\.(?:mp4|png|jpeg|webp)$/.exec(asked.pathname)?.[1] ?? '',
  )
  const job = emulator.jobs.find((one) => one.reference === reference)
  if (!job) return sendAnswer(response, { status: 404, text: 'not found' })
  const strikes = (fault: Fault) => emulator.strikes(fault, job.prompt)
  if (strikes('link-404')) return sendAnswer(response, { status: 404, text: 'not found' })
  if (strikes('link-403')) return sendAnswer(response, { status: 403, text: 'expired' })
  if (strikes('link-html')) return sendAnswer(response, { text: htmlPage })
  if (strikes('link-private'))
    return sendAnswer(response, {
      status: 302,
      headers: { location: 'http://169.254.169.254/latest/' },
    })
  if (!asked.pathname.includes('/moved/') && strikes('link-redirect')) {
    const location = asked.href.replace('/media/', '/media/moved/')
    return sendAnswer(response, { status: 302, headers: { location } })
  }
  await sendBytes(emulator, job, response)
}

const pieceBytes = 512

async function sendBytes(emulator: Emulator, job: EmulatedJob, response: ServerResponse) {
  const { prompt, picture } = job
  const bytes = await emulator.bytesOf(job)
  const size = bytes.length
  const contentType = picture ? `image/${picture.format}` : 'video/mp4'
  const head = { 'content-type': contentType, 'accept-ranges': 'none' }
  if (emulator.strikes('link-huge', prompt)) {
    response.writeHead(200, { ...head, 'content-length': String(20 * 1024 ** 3) })
    response.write(bytes)
    return
  }
  const isTruncated = emulator.strikes('link-truncated', prompt)
  const isCut = emulator.strikes('link-cut', prompt)
  const end = isTruncated || isCut ? Math.floor(size / 2) : size
  response.writeHead(200, { ...head, 'content-length': String(isCut ? end : size) })
  const seconds = emulator.valueOf('link-slow', prompt, 3) ?? 0
  for (let sent = 0; sent < end; sent += pieceBytes) {
    if (seconds > 0) await sleep((seconds * 1000 * pieceBytes) / size)
    if (response.destroyed) return
    response.write(bytes.subarray(sent, Math.min(sent + pieceBytes, end)))
  }
  if (isTruncated) response.socket?.destroy()
  else response.end()
}
