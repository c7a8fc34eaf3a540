import { expect, test } from 'vitest'
import { aFileView } from '../../../tests/support/generations/file-view.ts'
import { sayIn } from '#lib/messages/translate'
import { differencesBetween } from './compare-versions.tsx'

function inEnglish(differences: ReturnType<typeof differencesBetween>) {
  return differences.map(({ name, values }) => ({
    name: sayIn('en', name),
    values: values.map((value) => sayIn('en', value)),
  }))
}

test('names what differs, and nothing else', () => {
  const left = aFileView()
  const right = aFileView({ settings: { ...left.settings, prompt: 'a fox at night', seed: 8 } })
  expect(inEnglish(differencesBetween(left, right))).toEqual([
    { name: 'Prompt', values: ['a fox in the snow', 'a fox at night'] },
    { name: 'Seed', values: ['7', '8'] },
  ])
  expect(differencesBetween(left, left)).toEqual([])
  const inputs = { ...left.settings.inputs, firstFrame: 'image_0000abcd' }
  const begun = aFileView({ settings: { ...left.settings, inputs } })
  expect(inEnglish(differencesBetween(left, begun))).toEqual([
    { name: 'First frame', values: ['no image', 'image abcd'] },
  ])
})
