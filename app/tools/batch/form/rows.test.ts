import { describe, expect, it } from 'vitest'
import {
  emptyRow,
  faultsByRow,
  filledRows,
  readCells,
  roomForPictures,
  toBatchRequest,
  withPictures,
} from './rows.ts'

const picture = (name: string) => ({ name, preview: '', id: `image_${name}` })

describe('a table that is read', () => {
  it('takes its first line for names where it names a prompt, in both languages', () => {
    const { rows, unknown } = readCells([
      ['\uFEFFПромпт', 'Aspect ratio', 'Seconds', 'Notes'],
      [' лиса ', '9:16', '5', 'later'],
      ['', '', '', ''],
      ['волк', '', '', ''],
    ])
    expect(rows).toMatchObject([
      { prompt: 'лиса', aspectRatio: '9:16', duration: '5' },
      { prompt: 'волк', aspectRatio: '', duration: '' },
    ])
    expect(unknown).toEqual(['Notes'])
  })

  it('is a list of prompts where it names nothing', () => {
    expect(readCells([['a fox'], ['a wolf', 'more']]).rows.map(({ prompt }) => prompt)).toEqual([
      'a fox',
      'a wolf',
    ])
    expect(readCells([]).rows).toEqual([])
  })

  it('ends at the largest batch, and says how much is left', () => {
    const read = readCells(Array.from({ length: 203 }, (_, index) => [`number ${index}`]))
    expect(read.rows).toHaveLength(200)
    expect(read.left).toBe(3)
  })
})

it('a request holds what was typed, and leaves the rest to the model', () => {
  const rows = [
    emptyRow({ prompt: 'a', duration: '5', seed: '7', variations: 'x', picture: picture('1') }),
    emptyRow(),
    emptyRow({ prompt: 'b', model: 'veo-3.1' }),
  ]
  expect(toBatchRequest(rows, ' Launch ')).toEqual({
    name: 'Launch',
    rows: [
      { prompt: 'a', duration: 5, seed: 7, variations: 'x', inputs: { firstFrame: 'image_1' } },
      { prompt: 'b', model: 'veo-3.1' },
    ],
  })
})

it('pictures go to the rows that have none, and make rows where there are more', () => {
  const rows = [emptyRow({ prompt: 'a' }), emptyRow({ prompt: 'b', picture: picture('0') })]
  const paired = withPictures(rows, [picture('1'), picture('2')])
  expect(paired.map((row) => [row.prompt, row.picture?.name])).toEqual([
    ['a', '1'],
    ['b', '0'],
    ['', '2'],
  ])
  expect(filledRows(paired)).toHaveLength(3)
})

it('there is room for as many pictures as will have a row', () => {
  const rows = [emptyRow({ picture: picture('0') }), emptyRow({ prompt: 'b' })]
  const many = Array.from({ length: 300 }, (_, index) => picture(String(index)))
  const taken = many.slice(0, roomForPictures(rows))
  const paired = withPictures(rows, taken)
  expect(paired).toHaveLength(200)
  expect(paired.filter((row) => taken.some((one) => one === row.picture))).toHaveLength(199)
  expect(roomForPictures(paired)).toBe(0)
})

it('faults are told at the row that was sent, whatever empty rows stand between', () => {
  const rows = [emptyRow(), emptyRow({ prompt: 'a' }), emptyRow(), emptyRow({ prompt: 'b' })]
  const faults = faultsByRow(rows, [
    { field: 'rows.1.duration', message: 'too long' },
    { field: 'rows.1.seed', message: 'no seed' },
    { field: 'rows', message: 'too many' },
  ])
  expect([...faults]).toEqual([[rows[3]!.key, ['too long', 'no seed']]])
})

it('the picture of a row is the first frame of its video, and the reference of its image', () => {
  const rows = [emptyRow({ prompt: 'a', picture: { ...picture('0'), id: 'image_1' } })]
  expect(toBatchRequest(rows, '')).toEqual({
    rows: [{ prompt: 'a', inputs: { firstFrame: 'image_1' } }],
  })
  expect(toBatchRequest(rows, '', 'image')).toEqual({
    kind: 'image',
    rows: [{ prompt: 'a', inputs: { references: ['image_1'] } }],
  })
})
