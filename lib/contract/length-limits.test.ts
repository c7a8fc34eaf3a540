import { describe, expect, it } from 'vitest'
import { aModelView } from '../../tests/support/model-view.ts'
import { generateVideoRequestSchema } from './generate-video-request.ts'
import { lengthOf, tooLongSentence } from './text/plain-text.ts'

/** What the server's schema says of a field; undefined where it takes it. */
function refusal(field: 'prompt' | 'negativePrompt', text: string) {
  const { error } = generateVideoRequestSchema([aModelView()]).safeParse({
    prompt: 'a',
    [field]: text,
  })
  return error?.issues.find(({ path }) => path[0] === field)?.message
}

describe('F26: limits of texts', () => {
  it('F26: say by how much a text is over', () => {
    expect(tooLongSentence('prompt', 4000, 4000)).toBeNull()
    expect(tooLongSentence('prompt', 9000, 4000)).toBe(
      'The prompt has 9,000 characters, 5,000 too many. Shorten it to 4,000.',
    )
    expect(refusal('prompt', 'a'.repeat(9000))).toBe(tooLongSentence('prompt', 9000, 4000))
    expect(refusal('negativePrompt', 'a'.repeat(2001))).toBe(
      tooLongSentence('negative prompt', 2001, 2000),
    )
  })

  it.each([
    ['letters', 'a'],
    ['emoji of two units, each as one', '🎬'],
    ['a family of joined emoji', '👩‍👩‍👧'],
    ['letters with marks of their own', 'e\u0301'],
    ['control characters that are dropped', 'a\u0007'],
  ])('F26: the page counts %s as the server does', (_name, letter) => {
    const per = lengthOf(letter)
    const fitting = letter.repeat(Math.floor(4000 / per))
    const over = fitting + letter.repeat(Math.ceil(5 / per))
    expect(refusal('prompt', fitting)).toBeUndefined()
    expect(refusal('prompt', ` ${fitting}\n`)).toBeUndefined()
    expect(refusal('prompt', over)).toBe(tooLongSentence('prompt', lengthOf(over), 4000))
  })
})
