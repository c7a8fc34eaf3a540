import { describe, expect, test } from 'vitest'
import { apiContract } from './in-contract.ts'

const contract = apiContract()
const json = 'application/json'
const image = { id: 'image_1', url: '/a', contentType: 'image/png', width: 1, height: 1 }
const answer = (status: number, body: unknown, contentType = json) => ({
  status,
  contentType,
  body: body === undefined ? undefined : JSON.stringify(body),
})
const faultsOf = (status: number, body: unknown, type?: string) =>
  contract.faultsOf('POST', 'http://a/studio/api/v1/image', answer(status, body, type))

describe('the contract', () => {
  test('takes what the document says', () => {
    expect(faultsOf(201, { ...image, sizeBytes: 1 })).toEqual([])
    expect(
      contract.faultsOf('POST', '/api/image', answer(201, { ...image, sizeBytes: 1 })),
    ).toEqual([])
  })

  test.each([
    ['a field that is not there', 201, image, json],
    ['a field of another type', 201, { ...image, sizeBytes: '1' }, json],
    ['a field that is not described', 201, { ...image, sizeBytes: 1, secret: 'x' }, json],
    ['another success', 200, { ...image, sizeBytes: 1 }, json],
    ['an error that is no problem', 500, { message: 'x' }, json],
    ['another type', 201, 'x', 'text/html'],
    ['a problem without its code', 400, { status: 400 }, 'application/problem+json'],
  ])('finds %s', (_name, status, body, type) => {
    expect(faultsOf(status, body, type)).toHaveLength(1)
  })

  test('reads what an event stream holds', () => {
    const read = (body: string) =>
      contract.faultsOf('GET', '/api/v1/events/user', {
        status: 200,
        contentType: 'text/event-stream; charset=utf-8',
        body,
      })
    expect(read('data: {"type":"news","object":{"changes":[]}}\n\n')).toEqual([])
    expect(read('data: {"type":"news","object":{}}\n\n')).toHaveLength(1)
  })

  test('says nothing of what is not in it', () => {
    expect(contract.knows('GET', '/api/keys')).toBe(false)
    expect(contract.knows('GET', '/api/v1/file/file_1')).toBe(true)
    expect(contract.knows('HEAD', '/api/file/file_1')).toBe(false)
  })
})
