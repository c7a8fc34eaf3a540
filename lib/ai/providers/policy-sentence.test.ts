import { expect, test } from 'vitest'
import { policySentence } from './policy-sentence.ts'

test.each([
  ['Your prompt was flagged by Website as violating content policies', /the description .+ words/],
  ['Unsafe image', /one of the pictures .+ Choose another one/],
  ['Rejected by Flow(PUBLIC_ERROR_MINOR_UPLOAD)', /a child\. Leave children out/],
  ['The image was flagged: it may contain minors', /a child/],
  ['17301594: Celebrity', /a real person\. Describe an invented one/],
  ['Flagged: prominent people', /a real person/],
  ['The prompt may violate our copyright policies', /belong to others/],
  ['NSFW content detected', /sexual/],
  ['Prohibited: graphic violence', /violent/],
  ['Rejected by Flow(PUBLIC_ERROR_UNSAFE_GENERATION)', /for its content\. Change/],
])('%s', (said, sentence) => {
  const words = policySentence('Kie.ai', said)
  expect(words).toMatch(sentence)
  expect(words).toMatch(/^Kie\.ai refused this request.+\.$/)
  expect(words).not.toContain(said)
})
