import { callApi } from '#lib/contract/calls/call-api'
import { type DeliveryChannel, type FileView, isFileView } from '#lib/contract/file-view'
import { readAnswer } from '#lib/contract/problem'
import { fileKey, receiveView, rememberView } from './file-store.ts'

/** "Check now": has the provider itself asked, also about a video that failed; the answer joins the race. */
export async function checkFile(fileId: string): Promise<FileView> {
  const response = await send(`${fileKey(fileId)}/check`, 'POST')
  return receiveView(await readAnswer(response, isFileView), 'check')
}

/** Stops a generation. */
export async function cancelFile(fileId: string): Promise<FileView> {
  const response = await send(`${fileKey(fileId)}/cancel`, 'POST')
  return rememberView(await readAnswer(response, isFileView))
}

/** Submits a video again whose first submit has an unknown outcome. It may be charged twice. */
export async function resubmitFile(fileId: string): Promise<FileView> {
  const response = await send(`${fileKey(fileId)}/resubmit`, 'POST')
  return rememberView(await readAnswer(response, isFileView))
}

/** Tells the server which channel's news was rendered. Nice to know, never worth an error. */
export function reportDelivery(fileId: string, by: DeliveryChannel) {
  void callApi(`${fileKey(fileId)}/delivered`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by }),
    keepalive: true,
  }).catch(() => {})
}

function send(url: string, method: 'POST' | 'DELETE') {
  return callApi(url, { method })
}
