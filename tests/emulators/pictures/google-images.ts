import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Answer,
  type EmulatedJob,
  type Emulator,
  type EmulatorRequest,
  HangUp,
  answerFault,
  submitFault,
} from '../emulator.ts'
import { googleError, googleRefusal } from '../vertex-emulator.ts'
import { ratioOf } from './draw-picture.ts'

// Images by `generateContent`, the same at the Gemini API and at Vertex AI: one call, answered with the image.

const ratios = '1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9'.split(' ')

/** Makes an image, with every misbehaviour that its prompt orders. */
export async function generateContent(
  emulator: Emulator,
  request: EmulatorRequest,
  model: string,
): Promise<Answer | undefined> {
  const invalid = mistakeIn(request.json, model)
  if (invalid) return googleError(400, 'INVALID_ARGUMENT', invalid)
  const prompt = promptOf(request.json)
  const fault = await submitFault(emulator, prompt)
  if (fault) return googleRefusal(fault.refused, fault.retryAfter)
  const job = addJob(emulator, request.json, prompt, model)
  await sleep(1_000 * (emulator.valueOf('seconds', prompt, 3) ?? 0))
  const lost = await answerFault(emulator, prompt)
  if (lost) return lost
  if (emulator.valueOf('never', prompt, 1)) await new Promise(() => {})
  const refusal = refusalOf(emulator, job)
  return refusal ? { json: refusal } : sendImage(emulator, job, request.response)
}

function mistakeIn(body: EmulatorRequest['json'], model: string): string | undefined {
  const { responseModalities, imageConfig, ...other } = body?.generationConfig ?? {}
  const { aspectRatio, imageSize } = imageConfig ?? {}
  if (!promptOf(body)) return 'contents is required.'
  if (Object.keys(other).length > 0) return `Unknown name "${Object.keys(other)[0]}".`
  if (!responseModalities?.includes('IMAGE')) return 'Images are asked for by their modality.'
  if (!ratios.includes(aspectRatio)) return 'Unsupported aspect ratio.'
  if (model.startsWith('gemini-2.5'))
    return imageSize ? 'imageSize is not supported by this model.' : undefined
  return ['1K', '2K', '4K'].includes(imageSize) ? undefined : 'Unsupported image size.'
}

function promptOf(body: EmulatorRequest['json']): string {
  const parts: { text?: string }[] = body?.contents?.[0]?.parts ?? []
  return parts.find(({ text }) => text)?.text ?? ''
}

function usdOf(model: string, size: unknown) {
  if (model.startsWith('gemini-2.5')) return 0.039
  if (model.includes('pro')) return size === '4K' ? 0.24 : 0.134
  return { '2K': 0.101, '4K': 0.151 }[String(size)] ?? 0.067
}

function addJob(emulator: Emulator, body: EmulatorRequest['json'], prompt: string, model: string) {
  const { aspectRatio, imageSize, imageOutputOptions } = body.generationConfig.imageConfig
  const usual = model.startsWith('gemini-2.5') ? 'png' : 'jpeg'
  const asked = /^image\/(png|jpeg)$/.exec(imageOutputOptions?.mimeType ?? '')?.[1]
  const job = emulator.addJob({
    reference: `response-${randomUUID()}`,
    prompt,
    model,
    billedUsd: usdOf(model, imageSize),
    picture: {
      ratio: ratioOf(aspectRatio),
      format: asked === 'png' || asked === 'jpeg' ? asked : usual,
    },
  })
  job.details.request = body
  return job
}

const free = 'You will not be charged for blocked images.'

/** An answer without an image. What the filters withhold is not billed. */
function refusalOf(emulator: Emulator, job: EmulatedJob) {
  const strikes = (fault: Parameters<Emulator['strikes']>[0]) => emulator.strikes(fault, job.prompt)
  const responseId = job.reference
  if (strikes('blocked')) {
    job.billedUsd = 0
    return { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, responseId }
  }
  if (strikes('safety')) {
    job.billedUsd = 0
    const finishMessage = `Unable to show the generated image: it violated the policy. ${free}`
    return { candidates: [{ finishReason: 'IMAGE_SAFETY', finishMessage }], responseId }
  }
  if (strikes('no-image'))
    return { candidates: [{ content: {}, finishReason: 'NO_IMAGE' }], responseId }
  if (strikes('fail')) {
    job.billedUsd = 0
    return { candidates: [{ finishReason: 'IMAGE_OTHER' }], responseId }
  }
  if (strikes('no-video')) {
    const parts = [{ text: 'A fox is a small animal.' }]
    return { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }], responseId }
  }
  return undefined
}

/** The image in the middle of its answer, after a picture of the model's thoughts. */
async function sendImage(emulator: Emulator, job: EmulatedJob, response: ServerResponse) {
  const { prompt, picture } = job
  const bytes = await emulator.bytesOf(job)
  const mimeType = emulator.strikes('wrong-type', prompt) ? 'video/mp4' : `image/${picture!.format}`
  const data = emulator.strikes('broken-base64', prompt) ? '***' : bytes.toString('base64')
  const parts = [
    { text: 'Here it is: "a fox".' },
    { thought: true, inlineData: { mimeType: 'image/png', data: 'dGhvdWdodA==' } },
    { inlineData: { mimeType, data: '#' }, thoughtSignature: 'c2lnbmF0dXJl' },
  ]
  const candidates = [{ content: { role: 'model', parts }, finishReason: 'STOP', index: 0 }]
  const usageMetadata = { promptTokenCount: 9, candidatesTokenCount: 1290 }
  const answer = JSON.stringify({ candidates, usageMetadata, responseId: job.reference })
  const [before, after] = answer.split('#') as [string, string]
  response.writeHead(200, { 'content-type': 'application/json' })
  if (emulator.strikes('answer-cut', prompt)) {
    response.write(before + data.slice(0, data.length / 2))
    await sleep(20)
    throw new HangUp()
  }
  const megabytes = emulator.valueOf('answer-huge', prompt, 100) ?? 0
  const pieces = [before, ...Array(megabytes).fill('A'.repeat(1024 * 1024)), data, after]
  // One who hears enough hangs up.
  await pipeline(Readable.from(pieces), response).catch(() => undefined)
  return undefined
}
