import { expect, it } from 'vitest'
import { nextOption } from './list-keys.ts'

const labels = ['Veo 3.1 Fast', 'Veo 3.1', 'Kling 3', 'Local preview']

it('moves by arrows and stops at the ends', () => {
  expect(nextOption(labels, 0, 'ArrowDown', '')).toBe(1)
  expect(nextOption(labels, 3, 'ArrowDown', '')).toBe(3)
  expect(nextOption(labels, 0, 'ArrowUp', '')).toBe(0)
  expect(nextOption(labels, 1, 'End', '')).toBe(3)
  expect(nextOption(labels, 3, 'Home', '')).toBe(0)
})

it('finds by what is typed', () => {
  expect(nextOption(labels, 0, 'k', 'k')).toBe(2)
  expect(nextOption(labels, 2, 'o', 'lo')).toBe(3)
  expect(nextOption(labels, 0, 'x', 'x')).toBeUndefined()
})

it('steps on with a repeated letter', () => {
  expect(nextOption(labels, 0, 'v', 'v')).toBe(1)
  expect(nextOption(labels, 1, 'v', 'vv')).toBe(0)
})

it('ignores other keys', () => {
  expect(nextOption(labels, 0, 'Tab', '')).toBeUndefined()
  expect(nextOption(labels, 0, ' ', ' ')).toBeUndefined()
})
