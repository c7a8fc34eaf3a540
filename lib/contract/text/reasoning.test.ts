import { expect, test } from 'vitest'
import { withoutReasoning } from './reasoning.ts'

test.each([
  ['<think>hm</think>Hello', 'Hello'],
  ['<thinking>\nhm\n</thinking>\n\nHello', 'Hello'],
  ['<THINK>hm</THINK>Hello', 'Hello'],
  ['Hello <think>hm', 'Hello'],
  ['hm, so\n</think>\nHello', 'Hello'],
  ['<think>a</think>One <think>b</think>two', 'One two'],
  ['Hello', 'Hello'],
  ['I think > you', 'I think > you'],
  [' spaces stay ', ' spaces stay '],
])('F24: of %j remains %j', (text, said) => expect(withoutReasoning(text)).toBe(said))
