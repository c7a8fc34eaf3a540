import { type Shared } from '../../assets/share/links.ts'
import { addressAskedAt } from '../media/signed-link.ts'
import { notFound, problemResponse } from '../problem-response.ts'
import type { RequestHead } from '../request-guards.ts'
import { shared, viewOf } from './shared.ts'

/**
 * `GET /api/oembed?url=`: what other sites show of a link (oEmbed 1.0). One with a password has nothing to show: it answers
 * as one that never was.
 */
export async function answerOembed(request: RequestHead) {
  try {
    const { searchParams } = new URL(request.url)
    if (/xml/i.test(searchParams.get('format') ?? '')) return new Response(null, { status: 501 })
    const [, token = ''] = /\/s\/([0-9a-z]+)\/?$/.exec(pathIn(searchParams.get('url'))) ?? []
    const found = await shared(token)
    if (!found || found.link.passwordHash !== null) throw notFound()
    const headers = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
    return Response.json(embedOf(found, request), { headers })
  } catch (error) {
    return problemResponse(error, request)
  }
}

function pathIn(address: string | null) {
  return address && URL.canParse(address) ? new URL(address).pathname : ''
}

function embedOf(found: Shared, request: RequestHead) {
  const { prompt, type, videoUrl, posterUrl, ...view } = viewOf(found)
  const { searchParams } = new URL(request.url)
  const { width, height } = fitted(view, {
    width: Number(searchParams.get('maxwidth')) || Infinity,
    height: Number(searchParams.get('maxheight')) || Infinity,
  })
  const base = new URL(addressAskedAt(request)).origin
  const { width: across, height: down } = view
  const thumbnail = posterUrl && {
    thumbnail_url: base + posterUrl,
    thumbnail_width: across,
    thumbnail_height: down,
  }
  const about = { version: '1.0', provider_name: 'Photofinish', ...(prompt && { title: prompt }) }
  if (type === 'image')
    return { ...about, type: 'photo', url: base + videoUrl, width, height, ...thumbnail }
  const attributes = `src="${base}${videoUrl}"${posterUrl ? ` poster="${base}${posterUrl}"` : ''}`
  return {
    ...about,
    type: 'video',
    ...thumbnail,
    html: `<video ${attributes} width="${width}" height="${height}" controls playsinline preload="none"></video>`,
    width,
    height,
  }
}

interface Size {
  width: number
  height: number
}

function fitted({ width, height }: Size, atMost: Size): Size {
  const scale = Math.min(1, Math.max(0, atMost.width / width), Math.max(0, atMost.height / height))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}
