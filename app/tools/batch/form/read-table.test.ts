import { describe, expect, it } from 'vitest'
import { readTable } from './read-table.ts'

const promptsOf = (text: string) => readTable(text).rows.map(({ prompt }) => prompt)

describe('a pasted table', () => {
  it.each([
    ['lines', 'a fox, in snow\na wolf\n\n', ['a fox, in snow', 'a wolf']],
    ['one line', 'a fox, "quoted"', ['a fox, "quoted"']],
    ['cells of a spreadsheet', 'a fox\t9:16\na wolf\t1:1', ['a fox', 'a wolf']],
    ['CSV', 'prompt,duration\n"a fox, in snow",5\r\na wolf,4', ['a fox, in snow', 'a wolf']],
    ['CSV of another country', 'Duration;Prompt\n5;a fox\n4;a wolf', ['a fox', 'a wolf']],
    ['CSV with a mark of its encoding', '\uFEFFprompt\na fox', ['a fox']],
    ['a line break in a prompt', 'prompt,seed\n"a fox\nin snow",5', ['a fox\nin snow']],
    ['quotes in quotes', 'prompt\n"she says ""go"""', ['she says "go"']],
    ['nothing', '  \n', []],
  ])('%s', (_name, text, prompts) => {
    expect(promptsOf(text)).toEqual(prompts)
  })
})
