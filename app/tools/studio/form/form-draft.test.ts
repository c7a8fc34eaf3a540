import { describe, expect, it, vi } from 'vitest'
import { withSessionStorage } from '../../../../tests/support/people/session-storage.ts'
import { chosenFrom } from './pictures/inputs.ts'
import { forgetDraft, keepDraft, readDraft } from './form-draft.ts'

const page = 'http://localhost:3000/tools/video-generator'
const kept = withSessionStorage()
const image = `image_${'a'.repeat(24)}`
const chosen = {
  prompt: 'A heron, 12 €, „früh“',
  model: 'veo-3.1',
  duration: 7,
  aspectRatio: '1:1' as const,
  generateAudio: false,
  maxUsd: '0,40',
  seed: '7x',
  negativePrompt: 'rain',
  variations: 3,
  useCache: true,
}

describe('F14: the draft of the form', () => {
  it('F14: is there after a reload as it was typed, until it is started', () => {
    keepDraft(chosen, page)
    expect(readDraft({}, 'video', page)).toEqual(chosen)
    forgetDraft(page)
    expect(readDraft({}, 'video', page)).toEqual({})
  })

  it('F32: keeps the pictures that are uploaded', () => {
    const { pictures } = chosenFrom({
      firstFrame: image,
      lastFrame: null,
      references: [],
      sourceVideo: null,
    })
    const underWay = { ...pictures[0]!, key: 'b', role: 'lastFrame' as const, id: null }
    keepDraft({ ...chosen, pictures: [...pictures, underWay] }, page)
    expect(readDraft({}, 'video', page)).toEqual({ ...chosen, pictures })
  })

  it('F14: wins over the deep link it was begun from, and yields to another one', () => {
    const link = { prompt: 'A stork' }
    keepDraft({ ...link, prompt: 'A stork, at night' }, `${page}?prompt=A+stork`)
    expect(readDraft(link, 'video', `${page}?prompt=A+stork`)).toEqual({
      prompt: 'A stork, at night',
    })
    expect(readDraft({ prompt: 'A crane' }, 'video', `${page}?prompt=A+crane`)).toEqual({
      prompt: 'A crane',
    })
  })

  it('F14: a link to a model keeps the prompt', () => {
    keepDraft(chosen, page)
    expect(readDraft({ model: 'kling' }, 'video', `${page}?model=kling`)).toEqual({
      ...chosen,
      model: 'kling',
    })
  })

  it('F14: another installation on the same host name has its own', () => {
    keepDraft(chosen, 'http://localhost:3000/studio/tools/video-generator')
    expect(readDraft({}, 'video', page)).toEqual({})
  })

  it('F14: what an older or a broken version wrote is ignored where it is not valid', () => {
    const key = 'draft.form /tools/video-generator'
    for (const words of ['{', '7', 'null', '{"prompt":"x"}']) {
      kept.set(key, words)
      expect(readDraft({}, 'video', page)).toEqual({})
    }
    const odd = {
      address: page,
      prompt: 'x',
      duration: -1,
      aspectRatio: '5:1',
      variations: 99,
      firstFrame: '../x',
    }
    kept.set(key, JSON.stringify(odd))
    expect(readDraft({}, 'video', page)).toEqual({ prompt: 'x' })
  })

  it('F14: without storage nothing is kept, and nothing breaks', () => {
    vi.stubGlobal('sessionStorage', undefined)
    keepDraft(chosen, page)
    forgetDraft(page)
    expect(readDraft({}, 'video', page)).toEqual({})
  })
})
