import type { LanguageModel } from 'ai'
import type { Locale } from '#lib/messages/locales'
import { type Question, questions, spokenLanguage } from './request.ts'

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
  /** The language the user speaks in; an image alone has the one of the messages before it. */
  language: Locale
  /** The images that came with it. */
  images: ToldImage[]
  /** The images of all messages before it, oldest first. */
  earlier: ToldImage[]
  /** The ids of the images that were made in this conversation, oldest first. */
  made: string[]
  /** What the user said before that, and what the answer to it asked. */
  before: { text: string; images: ToldImage[]; question: Question | undefined } | undefined
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
    language: spokenLanguage(saidIn(prompt).toReversed()),
    earlier: earlier.flatMap((message) => (message.role === 'user' ? imagesIn(message) : [])),
    made: earlier.flatMap(answersIn).flatMap(madeImage),
    before:
      before < 0
        ? undefined
        : {
            ...readImageMarks(textOf(earlier[before]!)),
            question: earlier
              .slice(before + 1)
              .flatMap(questionsIn)
              .at(-1),
          },
    answers: prompt.slice(last + 1).flatMap(answersIn),
  }
}

/** The texts of the user, oldest first. */
function saidIn(prompt: ModelPrompt) {
  return prompt
    .filter(({ role }) => role === 'user')
    .map((message) => readImageMarks(textOf(message)).text)
}

/** The name under which the director keeps its question with the text that asks it. */
export const questionMark = 'photofinish'

/** What an answer of the director asked: kept next to its words. Only words of earlier versions are read for it. */
function questionsIn({ role, content }: ModelPrompt[number]): Question[] {
  if (role !== 'assistant' || typeof content === 'string') return []
  return content.flatMap((part) => {
    if (part.type !== 'text') return []
    const kept = part.providerOptions?.[questionMark]?.question
    const asks = (question: Question) =>
      kept === undefined ? endsWithOlder(question, part.text) : question === kept
    return questions.find(asks) ?? []
  })
}

/** The questions of earlier versions, which kept no more than their words. */
const olderWords: Record<Question, readonly string[]> = {
  askScene: [
    'What should be seen in the video? One sentence is enough.',
    'Что должно быть в кадре? Хватит одного предложения.',
  ],
  askMotion: [
    'What should happen in the image? One sentence is enough.',
    'Что должно происходить на картинке? Хватит одного предложения.',
  ],
  askImage: [
    'Which image do you mean? Attach it to your next message.',
    'Какую картинку вы имеете в виду? Прикрепите её к следующему сообщению.',
  ],
}

function endsWithOlder(question: Question, text: string) {
  return olderWords[question].some((words) => text.trimEnd().endsWith(words))
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

function madeImage({ toolName, kind, value }: ToolAnswer): string[] {
  const { fileId } = Object(value) as { fileId?: unknown }
  const isMade = toolName === 'generateImage' && kind === 'value' && typeof fileId === 'string'
  return isMade ? [fileId] : []
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
