import type { MediaType } from '#lib/contract/generation'
import {
  newTemplateSchema,
  templateChangeSchema,
  templateSettingsSchemas,
  templatesQuerySchema,
} from '#lib/contract/library/template-schemas'
import {
  type NewTemplate,
  type TemplateSettings,
  templateNameAtMost,
} from '#lib/contract/library/templates'
import { message } from '#lib/messages/message'
import { faultsIn, faulty } from '../../generations/start/request.ts'
import { parsed } from '../../read-input.ts'

// What requests about templates say. Each throws `invalid_input` with every faulty field named.

const wanted = {
  name: message('request.templateName', { limit: templateNameAtMost }),
  kind: message('request.chooseOf', { options: 'video, image' }),
  isShared: message('request.boolean'),
  isStarred: message('request.boolean'),
  q: message('request.filter'),
}

export function templatesQueryOf(url: string) {
  return parsed(templatesQuerySchema, Object.fromEntries(new URL(url).searchParams), wanted)
}

export function newTemplateOf(body: unknown): NewTemplate {
  const { settings, isShared, ...made } = parsed(newTemplateSchema, body, wanted)
  const checked = templateSettingsOf(made.kind, settings)
  return { ...made, settings: checked, ...(isShared !== undefined && { isShared }) }
}

export function templateChangeOf(body: unknown) {
  return parsed(templateChangeSchema, body, wanted)
}

/** The settings of a template, whatever models there are now: whether they fit one is seen when it is used. */
export function templateSettingsOf(kind: MediaType, settings: unknown): TemplateSettings {
  const { data, error } = templateSettingsSchemas[kind].safeParse(settings)
  if (error) throw faulty(faultsIn(error.issues, 'settings.'))
  return data
}
