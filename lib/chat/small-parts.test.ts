import type { GenerateVideoInput } from '#lib/contract/chat-tools'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { AppError, type FieldFault } from '../errors.ts'
import { productionModel } from './deps.ts'
import { likePattern } from './store/chats.ts'
import { storable, titleOf } from './texts.ts'
import { callKey, inputHash } from './tools/call-key.ts'
import { asToolProblem } from './tools/tool-context.ts'

test('a title is the first words, cut where a word ends', () => {
  expect(titleOf(' a  fox\nin the snow ')).toBe('a fox in the snow')
  expect(titleOf('word '.repeat(20))).toBe(`${'word '.repeat(10)}word…`)
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => titleOf(text).length <= 60))
})

test('what is stored has no NUL and no half characters, at any depth', () => {
  expect(storable({ 'a\0': ['\ud83d', { b: 'x\0y' }, 7, null] })).toEqual({
    a: ['\uFFFD', { b: 'xy' }, 7, null],
  })
})

test('a search finds its words literally', () => {
  expect(likePattern(String.raw`50%_\ off`)).toBe(String.raw`%50\%\_\\ off%`)
})

test('a key is the request, whatever the order of its fields and what is spelled out as absent', () => {
  const video = (input: GenerateVideoInput) => ({ toolName: 'generateVideo', input }) as const
  const hash = inputHash(video({ prompt: 'a fox', aspectRatio: 'square', seed: null }))
  expect(inputHash(video({ aspectRatio: 'square', prompt: 'a fox' }))).toBe(hash)
  expect(inputHash(video({ prompt: 'a dog', aspectRatio: 'square' }))).not.toBe(hash)
  const image = { prompt: 'a fox', aspectRatio: 'square' } as const
  expect(inputHash({ toolName: 'generateImage', input: image })).not.toBe(hash)
  const keys = [
    callKey('chat_a', 'message', hash, 0),
    callKey('chat_a', 'message', hash, 1),
    callKey('chat_a', 'other', hash, 0),
    callKey('chat_b', 'message', hash, 0),
  ]
  expect(new Set(keys).size).toBe(4)
  expect(keys.every((key) => /^[\x21-\x7e]{1,255}$/.test(key))).toBe(true)
})

test('the environment chooses the model, and without a key the director answers', () => {
  const none = {
    CHAT_BASE_URL: undefined,
    CHAT_API_KEY: undefined,
    CHAT_MODEL: undefined,
    CHAT_MODEL_SEES_IMAGES: false,
    GOOGLE_GENERATIVE_AI_API_KEY: undefined,
  }
  const { label } = productionModel(none)
  expect(sayIn('en', label)).toContain('no AI')
  expect(sayIn('ru', label)).toContain('без ИИ')
  const google = { ...none, GOOGLE_GENERATIVE_AI_API_KEY: 'key', CHAT_MODEL: 'gemini-x' }
  expect(productionModel(google)).toMatchObject({ label: 'gemini-x', seesImages: true })
  const endpoint = { ...google, CHAT_BASE_URL: 'http://localhost:1/v1', CHAT_MODEL: 'llama' }
  expect(productionModel(endpoint)).toMatchObject({ label: 'llama', seesImages: false })
  const seeing = { ...endpoint, CHAT_MODEL_SEES_IMAGES: true }
  expect(productionModel(seeing)).toMatchObject({ label: 'llama', seesImages: true })
})

test('a refused setting is told without the names of fields, each reason once', () => {
  const fault = (field: string, says: string) => ({ field, message: says })
  const refused = (fields?: FieldFault[]) =>
    asToolProblem(new AppError('invalid_input', { userMessage: 'model: Off.', fields }), 'en')
  expect(refused([fault('model', 'Off.'), fault('route', 'Off.')]).message).toBe('Off.')
  expect(refused([fault('model', 'Off.'), fault('seed', 'Too low.')]).message).toBe('Off. Too low.')
  expect(refused().message).toBe('model: Off.')
})
