import { inEnglish } from '#lib/messages/translate'
import { describe, expect, it } from 'vitest'
import { aModelView } from '../../tests/support/generations/model-view.ts'
import { faultOf, generateVideoRequestSchema } from './generate-video-request.ts'
import { lengthOf } from './text/plain-text.ts'

/** What the server's schema says of a field; undefined where it takes it. */
function refusal(field: 'prompt' | 'negativePrompt', text: string) {
  const { error } = generateVideoRequestSchema([aModelView()]).safeParse({
    prompt: 'a',
    [field]: text,
  })
  const issue = error?.issues.find(({ path }) => path[0] === field)
  return issue && inEnglish(faultOf(issue))
}

describe('F26: limits of texts', () => {
  it('F26: say by how much a text is over', () => {
    expect(refusal('prompt', 'a'.repeat(4000))).toBeUndefined()
    expect(refusal('prompt', 'a'.repeat(9000))).toBe(
      'The prompt is 5,000 characters too long. The limit is 4,000.',
    )
    expect(refusal('negativePrompt', 'a'.repeat(2001))).toBe(
      'The negative prompt is 1 character too long. The limit is 2,000.',
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
    const characters = lengthOf(over) - 4000
    expect(refusal('prompt', over)).toMatch(new RegExp(`^The prompt is ${characters} character`))
  })
})
