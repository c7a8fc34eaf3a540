import type { CallToolResult } from '@modelcontextprotocol/server'
import type { z } from 'zod'
import type { FileView } from '#lib/contract/file-view'
import type { Problem } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import type { GenerationRow } from '../../generations/row.ts'
import { fileViewOf } from '../../generations/view.ts'
import { signedVideoLink, addressAskedAt } from '../../http/media/signed-link.ts'
import { problemResponse } from '../../http/problem-response.ts'
import type { videoSchema } from './schemas.ts'
import type { ToolAnswer } from './tool.ts'

type Video = z.output<typeof videoSchema>

/** Data as clients of both forms read it: structured, and the same as a text; a link for each video that is there. */
export function answer(structured: object, videos: readonly Video[] = []): ToolAnswer {
  const links = videos.flatMap(linkTo)
  const text = { type: 'text', text: JSON.stringify(structured) } as const
  return { structuredContent: { ...structured }, content: [text, ...links] }
}

/** One video, as an answer of its own. */
export function videoAnswer(row: GenerationRow, request: Request) {
  const video = videoOf(row, request)
  return answer(video, [video])
}

/** A video as a language model needs it: what is, what it costs, and what to do next. */
export function videoOf(row: GenerationRow, request: Request): Video {
  const view = fileViewOf(row)
  const say = (sentence: Sentence) => sayTo(request.headers, sentence)
  const { id, settings, cost, error } = view
  return {
    fileId: id,
    type: view.type,
    status: view.status,
    progress: view.progress,
    queuePlace: view.queuePlace,
    isDelayed: view.isDelayed,
    isDemo: view.isDemo,
    message: saidOf(view, say),
    error: error && { code: error.code, message: say(error.messageRef ?? error.message) },
    prompt: settings.prompt,
    model: settings.model,
    cost: { upToUsd: cost.upToUsd, chargedUsd: cost.chargedUsd ?? cost.actualUsd },
    url: signedVideoLink(row, { studio: addressAskedAt(request) }),
    contentType: view.contentType,
    sizeBytes: view.sizeBytes,
    width: view.width,
    height: view.height,
    durationSeconds: view.durationSeconds,
    createdAt: view.createdAt,
    finishedAt: view.finishedAt,
    next: nextOf(view),
  }
}

function saidOf({ messageRef, message: said }: FileView, say: (sentence: Sentence) => string) {
  const sentence = messageRef ?? said
  return sentence ? say(sentence) : null
}

function nextOf(view: FileView) {
  if (view.status === 'completed') return 'The video is ready: open url. The link works for a week.'
  if (view.status === 'canceled') return 'Nothing more happens.'
  if (view.status === 'failed')
    return 'Nothing more happens. To try again, start it with a new idempotencyKey.'
  if (view.state === 'submit_unknown')
    return 'It is unknown whether the provider has started it. Its owner decides in the studio.'
  return 'Call wait_for_video with this fileId, again and again until it has ended.'
}

function linkTo({ fileId, url, prompt, contentType, sizeBytes }: Video) {
  if (!url) return []
  const { pathname } = new URL(url)
  const extension = pathname.slice(pathname.lastIndexOf('.'))
  const about = { name: `${fileId}${extension}`, title: prompt.slice(0, 200) }
  const bytes = { mimeType: contentType ?? 'video/mp4', ...(sizeBytes && { size: sizeBytes }) }
  return [{ type: 'resource_link' as const, uri: url, ...about, ...bytes }]
}

/**
 * An error as the answer of a tool, so that the language model reads it: the closed code and the sentence. Programs find
 * the same as data in `_meta`; the structured part of an answer is held to the schema of a success by clients.
 */
export async function refusal(error: unknown, request: Request): Promise<CallToolResult> {
  const refused = problemResponse(error, request)
  const { code, detail, retryable, errors, traceId } = (await refused.json()) as Problem
  const said = sayTo(request.headers, detail)
  const seconds = refused.headers.get('retry-after')
  const told = {
    code,
    message: said,
    retryable,
    traceId,
    ...(errors && { fields: errors }),
    ...(seconds && { retryAfterSeconds: Number(seconds) }),
  }
  const text = `${code}: ${said}`
  return { isError: true, content: [{ type: 'text', text }], _meta: { 'photofinish/error': told } }
}
