import { inEnglish } from '#lib/messages/translate'
import { expect, test } from 'vitest'
import { policySentence } from './policy-sentence.ts'

test.each([
  [
    'Your prompt was flagged by Website as violating content policies',
    /the prompt breaks its rules\. Rephrase/,
  ],
  ['Unsafe image', /a picture breaks .+ Choose another one/],
  ['Rejected by Flow(PUBLIC_ERROR_MINOR_UPLOAD)', /a child\. Remove children/],
  ['The image was flagged: it may contain minors', /a child/],
  ['17301594: Celebrity', /a real person\. Describe a fictional one/],
  ['Flagged: prominent people', /a real person/],
  ['The prompt may violate our copyright policies', /owned by others/],
  ['NSFW content detected', /sexual/],
  ['Prohibited: graphic violence', /violent/],
  ['Rejected by Flow(PUBLIC_ERROR_UNSAFE_GENERATION)', /because of its content\. Change/],
])('%s', (said, sentence) => {
  const words = inEnglish(policySentence('Kie.ai', said))
  expect(words).toMatch(sentence)
  expect(words).toMatch(/^Kie\.ai refused this request.+\.$/)
  expect(words).not.toContain(said)
})
