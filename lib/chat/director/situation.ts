import type { LanguageModel } from 'ai'

export type DirectorModel = Extract<LanguageModel, { specificationVersion: 'v4' }>
export type ModelPrompt = Parameters<DirectorModel['doStream']>[0]['prompt']

/** A tool's answer, as a model is told it. */
export interface ToolAnswer {
  toolName: string
  kind: 'value' | 'error' | 'denied'
  value: unknown
}

/** What the director needs to know of a conversation. */
export interface Situation {
  /** The last thing the user said. */
  text: string
  /** The images that came with it. */
  images: ToldImage[]
  /** The images of all messages before it, oldest first. */
  earlier: ToldImage[]
  /** What the user said before that, and what was answered to it. */
  before: { text: string; images: ToldImage[]; answer: string } | undefined
  /** What tools have answered since. */
  answers: ToolAnswer[]
}

/** Reads the situation out of a prompt. */
export function readSituation(prompt: ModelPrompt): Situation {
  const last = prompt.findLastIndex(({ role }) => role === 'user')
  const earlier = prompt.slice(0, Math.max(0, last))
  const before = earlier.findLastIndex(({ role }) => role === 'user')
  return {
    ...readImageMarks(last < 0 ? '' : textOf(prompt[last]!)),
    earlier: earlier.flatMap((message) => (message.role === 'user' ? imagesIn(message) : [])),
    before:
      before < 0
        ? undefined
        : {
            ...readImageMarks(textOf(earlier[before]!)),
            answer: earlier
              .slice(before + 1)
              .map(textOf)
              .join('')
              .trim(),
          },
    answers: prompt.slice(last + 1).flatMap(answersIn),
  }
}

function imagesIn(message: ModelPrompt[number]) {
  return readImageMarks(textOf(message)).images
}

function textOf({ role, content }: ModelPrompt[number]): string {
  if (typeof content === 'string') return role === 'system' ? '' : content
  return content.map((part) => (part.type === 'text' ? part.text : '')).join(' ')
}

function answersIn(message: ModelPrompt[number]): ToolAnswer[] {
  if (message.role !== 'tool') return []
  return message.content.flatMap((part): ToolAnswer[] => {
    if (part.type !== 'tool-result') return []
    const { toolName, output } = part
    if (output.type === 'json') return [{ toolName, kind: 'value', value: output.value }]
    if (output.type === 'execution-denied') return [{ toolName, kind: 'denied', value: undefined }]
    const value = 'value' in output ? output.value : ''
    return [{ toolName, kind: 'error', value }]
  })
}

/** An image as the text of a message tells of it. */
export interface ToldImage {
  /** Its number in the chat, in order of appearance. */
  number: number
  id: string
}

const mark = /\[image (\d{1,5}): (image_[0-9a-z]{24})\]/gu

/** The words that stand for an image in what a model is told. */
export function imageMark(number: number, id: string) {
  return `[image ${number}: ${id}]`
}

/** The images a text tells of, and the text without those words. */
export function readImageMarks(text: string): { images: ToldImage[]; text: string } {
  const images = [...text.matchAll(mark)].map(([, number, id]) => ({
    number: Number(number),
    id: id!,
  }))
  return { images, text: text.replaceAll(mark, ' ').trim() }
}
