import type { Answer, Emulator, EmulatorRequest } from '../emulator.ts'
import { fieldMissing } from './kie-refusals.ts'

/** An uploaded file, as the emulator keeps it. */
export interface KieUpload {
  fileName: string
  contentType: string
  bytes: Uint8Array<ArrayBuffer>
  url: string
}

/** Keeps a file that came as multipart. */
export async function takeStreamUpload(
  emulator: Emulator,
  uploads: KieUpload[],
  { raw, headers }: EmulatorRequest,
): Promise<Answer> {
  const head = { 'content-type': headers['content-type'] ?? '' }
  const form = await new Response(new Uint8Array(raw), { headers: head }).formData()
  const file = form.get('file')
  if (!(file instanceof File) || !form.get('uploadPath')) return fieldMissing()
  return keep(emulator, uploads, file.name, file.type, new Uint8Array(await file.arrayBuffer()))
}

/** Keeps a file that came as base64 with its `data:` prefix. */
export async function takeBase64Upload(
  emulator: Emulator,
  uploads: KieUpload[],
  { json }: EmulatorRequest,
): Promise<Answer> {
  const [, type, data] = /^data:([^;]+);base64,(.+)$/s.exec(json?.base64Data ?? '') ?? []
  if (!type || !data) return fieldMissing()
  const bytes = new Uint8Array(Buffer.from(data, 'base64'))
  return keep(emulator, uploads, json.fileName ?? 'file', type, bytes)
}

function keep(
  emulator: Emulator,
  uploads: KieUpload[],
  fileName: string,
  contentType: string,
  bytes: Uint8Array<ArrayBuffer>,
): Answer {
  const filePath = `uploads/${uploads.length}/${encodeURIComponent(fileName)}`
  const downloadUrl = `${emulator.url}/${filePath}`
  uploads.push({ fileName, contentType, bytes, url: downloadUrl })
  const data = {
    success: true,
    fileName,
    filePath,
    downloadUrl,
    fileSize: bytes.length,
    mimeType: contentType,
    uploadedAt: new Date().toISOString(),
  }
  return { json: { success: true, code: 200, msg: 'File uploaded successfully', data } }
}

/** Serves an uploaded file. */
export function sendUpload(uploads: KieUpload[], { url, response }: EmulatorRequest) {
  const upload = uploads.find((one) => one.url === url.href)
  response.writeHead(upload ? 200 : 404, { 'content-type': upload?.contentType ?? 'text/html' })
  response.end(upload?.bytes)
}
