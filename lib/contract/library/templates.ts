import type { MediaType } from '../generation.ts'
import type { AspectRatio, ImageFormat, Resolution } from '../model-view.ts'
import { hasFields } from '../problem.ts'
import { searchable } from '../text/searchable.ts'

/** The most templates of one owner, and the longest name of one. */
export const templatesAtMost = 500
export const templateNameAtMost = 100

/** What of a composer is saved: a request as the form sends it, less what is of one start alone. */
export interface TemplateSettings {
  /** With `{variables}`, see `partsOf`. */
  prompt: string
  model?: string | undefined
  aspectRatio?: AspectRatio | undefined
  duration?: number | undefined
  resolution?: Resolution | undefined
  generateAudio?: boolean | undefined
  width?: number | undefined
  height?: number | undefined
  imageFormat?: ImageFormat | undefined
  seed?: number | null | undefined
  negativePrompt?: string | null | undefined
  maxUsd?: number | null | undefined
  inputs?: {
    firstFrame?: string | null | undefined
    lastFrame?: string | null | undefined
    references?: string[] | undefined
    sourceVideo?: string | null | undefined
  }
}

export interface TemplateView {
  id: string
  name: string
  kind: MediaType
  settings: TemplateSettings
  /** One that comes with the studio: it can be copied, and neither changed nor deleted. */
  isOurs: boolean
  /** Whether every member of the organization has it. */
  isShared: boolean
  /** The reader's star. */
  isStarred: boolean
  /** Whether the reader may change and delete it. */
  canChange: boolean
  /** Null of one that comes with the studio. */
  createdAt: string | null
}

/** `GET /api/templates`: starred ones first, then the newest, then those that come with the studio. */
export interface TemplatesAnswer {
  templates: TemplateView[]
}

export interface NewTemplate {
  name: string
  kind: MediaType
  settings: TemplateSettings
  isShared?: boolean
}

/** `PATCH /api/templates/<id>`: what is absent stays. */
export interface TemplateChange {
  name?: string
  settings?: TemplateSettings
  isShared?: boolean
  isStarred?: boolean
}

export interface TemplateVariable {
  name: string
  /** What it is filled with at first; empty without one. */
  suggestion: string
}

/** A piece of a template's prompt: words as they are, or a variable. */
export type TemplatePart = { text: string } | { variable: TemplateVariable }

// A letter, then letters, digits, spaces, `-` and `_`. Everything else in braces is words: JSON, CSS, formulas.
const word = String.raw`\p{L}[\p{L}\p{M}\p{N} _-]{0,39}`
const hint = String.raw`(?:\|[^{}|\n]{0,200})?`
const variable = new RegExp(String.raw`\{(\{${word}${hint}\})\}|\{(${word})(${hint})\}`, 'gu')

/**
 * A prompt in pieces. `{name}` is a variable, `{name|a suggestion}` one that is filled with the suggestion at first;
 * `{{name}}` is the words `{name}`. Every other brace stays as it is.
 */
export function partsOf(prompt: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let from = 0
  for (const match of prompt.matchAll(variable)) {
    const [whole, escaped, name, suggestion = ''] = match
    if (match.index > from) parts.push({ text: prompt.slice(from, match.index) })
    from = match.index + whole.length
    parts.push(
      escaped === undefined
        ? { variable: { name: nameOf(name!), suggestion: suggestion.slice(1).trim() } }
        : { text: escaped },
    )
  }
  if (from < prompt.length) parts.push({ text: prompt.slice(from) })
  return parts
}

/** The variables of a prompt, each once, in their order. Of several suggestions the first holds. */
export function variablesOf(prompt: string): TemplateVariable[] {
  const found = new Map<string, TemplateVariable>()
  for (const part of partsOf(prompt)) {
    if (!('variable' in part)) continue
    const { name, suggestion } = part.variable
    const known = found.get(name)
    found.set(name, { name, suggestion: known?.suggestion || suggestion })
  }
  return [...found.values()]
}

/** The prompt with its variables filled in, in one pass: braces in what is filled in are words. */
export function filledPrompt(prompt: string, values: Readonly<Record<string, string>>): string {
  return partsOf(prompt)
    .map((part) => ('text' in part ? part.text : (values[part.variable.name] ?? '').trim()))
    .join('')
}

/** Words as a template's prompt: what looks like a variable stays words. */
export function asPlainWords(prompt: string): string {
  return prompt.replace(variable, (whole) => `{${whole}}`)
}

/** Whether a template is found by words: all of them, in any order, in its name or its prompt. */
export function isFoundBy({ name, settings }: Pick<TemplateView, 'name' | 'settings'>, q: string) {
  const text = searchable(`${name} ${settings.prompt}`)
  return searchable(q)
    .split(' ')
    .every((one) => text.includes(one))
}

export function isTemplateView(value: unknown): value is TemplateView {
  const fields = { id: 'string', name: 'string', kind: 'string', settings: 'object' } as const
  return hasFields(value, fields)
}

export function isTemplatesAnswer(value: unknown): value is TemplatesAnswer {
  const templates = (value as TemplatesAnswer | null)?.templates
  return Array.isArray(templates) && templates.every(isTemplateView)
}

function nameOf(written: string) {
  return written.trim().replace(/\s+/g, ' ')
}
