'use client'
import useSWR from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { MediaType } from '#lib/contract/generation'
import {
  type NewTemplate,
  type TemplateChange,
  type TemplateView,
  isTemplateView,
  isTemplatesAnswer,
} from '#lib/contract/library/templates'
import { isNothing, ProblemError, readAnswer } from '#lib/contract/problem'
import { withOwnSession } from './own-session.ts'

/** The templates there are for videos or for images. */
export function useTemplates(kind: MediaType) {
  const address = withBasePath(`/api/templates?kind=${kind}`)
  const { data, error, mutate } = useSWR(address, readTemplates)
  return {
    templates: data,
    error: error instanceof ProblemError ? error.problem : undefined,
    reload: async () => void (await mutate()),
  }
}

/** Saves a template. Rejects with `ProblemError`. */
export async function makeTemplate(template: NewTemplate): Promise<TemplateView> {
  const send = () => sendJson('POST', withBasePath('/api/templates'), template)
  return readAnswer(await withOwnSession(send), isTemplateView)
}

/** Changes a template, or its star. Rejects with `ProblemError`. */
export async function changeTemplate(id: string, change: TemplateChange): Promise<TemplateView> {
  const send = () => sendJson('PATCH', withBasePath(`/api/templates/${id}`), change)
  return readAnswer(await withOwnSession(send), isTemplateView)
}

/** Deletes a template. Rejects with `ProblemError`. */
export async function deleteTemplate(id: string) {
  const response = await callApi(withBasePath(`/api/templates/${id}`), { method: 'DELETE' })
  if (!response.ok) await readAnswer(response, isNothing)
}

function sendJson(method: string, address: string, body: object) {
  const headers = { 'content-type': 'application/json' }
  return callApi(address, { method, headers, body: JSON.stringify(body) })
}

async function readTemplates(url: string) {
  return (await readAnswer(await callApi(url), isTemplatesAnswer)).templates
}
