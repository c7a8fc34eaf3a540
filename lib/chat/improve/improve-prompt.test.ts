import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { beforeEach, describe, expect, it } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { says } from '../../../tests/support/says.ts'
import { testChatDeps } from '../../../tests/support/generations/test-chat.ts'
import { withChatServer } from '../../../tests/support/database/with-chatserver.ts'
import { promptMaxLength } from '#lib/contract/text/plain-text'
import { newId } from '../../ids.ts'
import { addByRules } from './by-rules.ts'
import { improvePrompt } from './improve-prompt.ts'
import { lostOf } from './said.ts'

const server = await withChatServer()
let caller = callerNamed('')
beforeEach(() => {
  caller = callerNamed(newId('token'))
  server.requests.length = 0
})

function withModel(text: string, differences = {}) {
  server.script = [{ text }]
  const endpoint = createOpenAICompatible({ name: 'chat', baseURL: server.baseUrl, apiKey: 'k' })
  return testChatDeps({ model: { model: endpoint('writer-1'), label: 'writer-1' }, ...differences })
}

const fixtures = [
  'a fox in the snow',
  'Anna says "we leave at dawn", 3 dogs, no people in the street',
  'Старик Матвей говорит: «Не сегодня», 12 свечей, без музыки',
  'рыжая лиса бежит по снегу, вечернее солнце, камера следует за ней',
  '猫が窓の外を見ている',
  'a sign reads “OPEN 24/7”; no cars, never rain',
]

describe('rules', () => {
  it.each(fixtures)('keep every word and lose nothing: %s', (prompt) => {
    for (const kind of ['video', 'image'] as const) {
      const improved = addByRules(prompt, kind)
      if (improved === null) continue
      expect(improved.startsWith(prompt)).toBe(true)
      expect(
        lostOf(prompt, improved).filter((lost) => lost !== 'Han' && lost !== 'Hiragana'),
      ).toEqual([])
      expect(addByRules(prompt, kind)).toBe(improved)
    }
  })

  it('add only what is missing, in the language of the prompt', () => {
    expect(addByRules('рыжая лиса бежит, закат, камера следует за ней', 'video')).toBeNull()
    expect(addByRules('рыжая лиса бежит, закат', 'video')).toMatch(/камера/iu)
    expect(addByRules('a fox, close-up, soft light', 'video')).toMatch(
      /^a fox, close-up, soft light\. /,
    )
  })

  it('never make a prompt too long', () => {
    expect(addByRules('a'.repeat(promptMaxLength), 'video')).toBeNull()
  })

  it('serve where there is no language model, and say so', async () => {
    expect(await improvePrompt({ prompt: 'a fox' }, caller, testChatDeps())).toMatchObject({
      by: 'rules',
      note: says(/no language model is set up/),
    })
  })
})

describe('the language model', () => {
  it('writes a proposal that keeps what was said', async () => {
    const written = 'A fox called “Rex” walks through deep snow, the camera follows it, low sun.'
    const answer = await improvePrompt({ prompt: 'a fox called “Rex”' }, caller, withModel(written))
    expect(answer).toMatchObject({ by: 'model', prompt: written, note: says(/writer-1/) })
    expect(JSON.stringify(server.requests[0]!.messages.at(-1))).toContain('a fox called “Rex”')
  })

  it.each([
    ['drops what is excluded', 'A street full of people at dusk.'],
    ['answers in another language', 'Улица без людей на закате.'],
    ['writes nothing', ' '],
    ['writes too much', `a street, no people ${'and more '.repeat(600)}`],
  ])('is not shown where it %s', async (_name, written) => {
    const answer = await improvePrompt(
      { prompt: 'a street, no people' },
      caller,
      withModel(written),
    )
    expect(answer).toMatchObject({ by: 'rules', note: says(/left out something you wrote/) })
    expect(answer.prompt).toMatch(/^a street, no people\. /)
  })

  it.each([
    ['thinks aloud', '<think>hm</think>\nA fox in deep snow, slow pan.'],
    ['thinks aloud in other tags', '<reasoning>hm</reasoning>\nA fox in deep snow, slow pan.'],
    ['closes only what its template began', 'hm</think>\nA fox in deep snow, slow pan.'],
    ['puts it in a fence', '```text\nA fox in deep snow, slow pan.\n```'],
    ['puts it in quotes', '"A fox in deep snow, slow pan."'],
  ])('is tidied where it %s', async (_name, written) => {
    const answer = await improvePrompt({ prompt: 'a fox' }, caller, withModel(written))
    expect(answer.prompt).toBe('A fox in deep snow, slow pan.')
  })

  it('is not asked for a visitor who was not known before', async () => {
    const newcomer = { ...caller, isNew: true }
    expect((await improvePrompt({ prompt: 'a fox' }, newcomer, withModel('x'))).by).toBe('rules')
    expect(server.requests).toHaveLength(0)
  })

  it('counts as a message of the chat', async () => {
    const deps = withModel('A fox in deep snow.', { messagesAMinute: 1 })
    await improvePrompt({ prompt: 'a fox' }, caller, deps)
    await expect(improvePrompt({ prompt: 'a fox' }, caller, deps)).rejects.toMatchObject({
      code: 'rate_limited',
    })
  })

  it('away, leaves it to the rules', async () => {
    const endpoint = createOpenAICompatible({
      name: 'chat',
      baseURL: 'http://127.0.0.1:9',
      apiKey: 'k',
    })
    const deps = testChatDeps({ model: { model: endpoint('m'), label: 'm' } })
    expect(await improvePrompt({ prompt: 'a fox' }, caller, deps)).toMatchObject({
      by: 'rules',
      note: says(/does not answer/),
    })
  })
})

describe('a request', () => {
  it.each([
    [undefined],
    [{}],
    [{ prompt: 7 }],
    [{ prompt: '​ ' }],
    [{ prompt: 'x'.repeat(promptMaxLength + 1) }],
    [{ prompt: 'x', kind: 'song' }],
    [{ prompt: 'x', other: 1 }],
  ])('that is none is refused: %#', async (body) => {
    await expect(improvePrompt(body, caller, testChatDeps())).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })
})
