import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { apiContract } from '../../../tests/contract/in-contract.ts'
import { openApiDocument } from '../../http/openapi/document.ts'
import { type ApiDocument, fieldsOf, isFound, operationsOf } from './reference.ts'
import { sampleLanguages, sampleOf } from './samples.ts'

const document = openApiDocument('en', { base: '' }) as unknown as ApiDocument
const operations = operationsOf(document)
const of = (id: string) => operations.find((one) => one.id === id)!
const server = 'https://studio.example/api/v1'

describe('what the reference shows', () => {
  test('is every request, with all its words', () => {
    expect(operations.length).toBeGreaterThan(30)
    for (const { summary, tag, answers } of operations) {
      expect(summary).toMatch(/\w.*\.$/)
      expect(document.tags.map(({ name }) => name)).toContain(tag)
      expect(answers.length).toBeGreaterThan(3)
    }
  })

  test('of fields is their types, their places and where more is told', () => {
    const fields = fieldsOf(of('generateVideo').body!.schema, document)
    expect(fields.find(({ name }) => name === 'prompt')).toMatchObject({
      type: 'string',
      isRequired: true,
      description: 'What the video shows.',
    })
    expect(fields.map(({ name }) => name)).toContain('inputs.firstFrame')
    const view = fieldsOf(document.components.schemas.FileView!, document)
    expect(view.find(({ name }) => name === 'attempts')).toMatchObject({
      type: 'Attempt[]',
      refersTo: 'Attempt',
    })
    expect(view.find(({ name }) => name === 'wait')!.type).toBe('WaitReason | null')
    for (const { refersTo } of view)
      if (refersTo) expect(document.components.schemas).toHaveProperty(refersTo)
  })

  test.each([
    ['', 'getVideo', true],
    ['cancel', 'cancelVideo', true],
    ['POST /file', 'cancelVideo', true],
    ['queuePlace', 'getVideo', true],
    ['nframes', 'generateVideo', true],
    ['idempotency', 'resubmitVideo', true],
    ['cancel', 'listModels', false],
    ['xyzzy', 'getVideo', false],
  ])('for "%s" %s is found: %s', (query, id, isThere) => {
    expect(isFound(query, of(id), document)).toBe(isThere)
  })
})

describe('an example', () => {
  test.each(operations.map(({ id }) => id))('of %s is whole in every language', async (id) => {
    const operation = of(id)
    for (const language of sampleLanguages) {
      const sample = sampleOf(language, operation, server)
      expect(sample).toContain(`${server}/`)
      expect(sample).not.toMatch(/[{}]\w+[{}]|undefined|\[object/)
    }
    const url = /https:\/\/\S+?(?=[ '"]|$)/m.exec(sampleOf('curl', operation, server))![0]
    expect(apiContract().knows(operation.method, url)).toBe(true)
  })

  test('is a program that can be read', async () => {
    const python = operations.map((one) => sampleOf('Python', one, server)).join('\n\n')
    const read = 'import ast, sys; ast.parse(sys.argv[1])'
    await promisify(execFile)('python3', ['-c', read, python]).catch((error: unknown) => {
      // Where there is no Python, its programs cannot be read.
      if ((error as { code?: unknown }).code !== 'ENOENT') throw error
    })
    for (const one of operations) {
      const sample = sampleOf('fetch', one, server).replace(/^import .*\n/, '')
      expect(() => new Script(`async () => {\n${sample}\n}`)).not.toThrow()
    }
  })

  test('keeps a text with quotes whole', () => {
    const operation = {
      ...of('generateVideo'),
      body: {
        type: 'application/json',
        schema: {},
        example: { prompt: "a fox's den", isOn: true, none: null },
      },
    }
    expect(sampleOf('curl', operation, server)).toContain(String.raw`a fox'\''s den`)
    expect(sampleOf('Python', operation, server)).toContain('"isOn": True,')
    expect(sampleOf('Python', operation, server)).toContain('"none": None')
  })
})
