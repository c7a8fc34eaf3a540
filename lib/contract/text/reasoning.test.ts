import { expect, test } from 'vitest'
import { withoutReasoning } from './reasoning.ts'

test.each([
  ['<think>hm</think>Hello', 'Hello'],
  ['<thinking>\nhm\n</thinking>\n\nHello', 'Hello'],
  ['<THINK>hm</THINK>Hello', 'Hello'],
  ['Hello <think>hm', 'Hello'],
  ['hm, so\n</think>\nHello', 'Hello'],
  ['<think>a</think>One <think>b</think>two', 'One two'],
  ['<thought>hm</thought>Hello', 'Hello'],
  ['<reasoning lang="en">hm</reasoning >Hello', 'Hello'],
  ['<think >hm</think >Hello', 'Hello'],
  ['<seed:think>hm</seed:think>Hello', 'Hello'],
  ['[THINK]hm[/THINK]Hello', 'Hello'],
  ['hm[/THINK]Hello', 'Hello'],
  ['◁think▷hm◁/think▷Hello', 'Hello'],
  [
    '<|begin_of_thought|>hm<|end_of_thought|><|begin_of_solution|>Hello<|end_of_solution|>',
    'Hello',
  ],
  [
    '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Hello',
    'Hello',
  ],
  ['<|channel|>analysis<|message|>hm', ''],
  ['<|channel|>final<|message|>Hello<|return|>', 'Hello'],
  ['Hello', 'Hello'],
  ['<thinker>[think] twice</thinker>', '<thinker>[think] twice</thinker>'],
  ['I think > you', 'I think > you'],
  [' spaces stay ', ' spaces stay '],
])('F24: of %j remains %j', (text, said) => expect(withoutReasoning(text)).toBe(said))
