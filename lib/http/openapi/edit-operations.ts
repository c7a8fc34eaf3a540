import { startedSchema } from '#lib/contract/api/files'
import { editRequestSchema } from '#lib/contract/api/requests'
import { workOffersSchema, workRequestSchema } from '#lib/contract/api/work'
import { type Operation, fileId, idempotency, keyCodes, startCodes } from './operation.ts'

/** What can be made of finished videos. */
export const edits: Operation[] = [
  {
    id: 'editVideo',
    method: 'post',
    path: '/edit',
    tag: 'videos',
    headers: idempotency,
    body: {
      schema: editRequestSchema,
      example: {
        sources: ['file_0123456789abcdefghijklmn'],
        edit: { operation: 'trim', from: 1.5, to: 4 },
      },
    },
    answers: { 202: startedSchema },
    codes: [...keyCodes, 'invalid_input', 'too_many_unfinished', 'storage_full'],
  },
  {
    id: 'listWork',
    method: 'get',
    path: '/file/{fileId}/work',
    tag: 'videos',
    params: fileId,
    answers: { 200: workOffersSchema },
    codes: ['not_found'],
  },
  {
    id: 'workOnVideo',
    method: 'post',
    path: '/work',
    tag: 'videos',
    headers: idempotency,
    body: {
      schema: workRequestSchema,
      example: {
        source: 'file_0123456789abcdefghijklmn',
        work: { operation: 'extend', way: 'native', prompt: 'The fox runs on' },
      },
    },
    answers: { 202: startedSchema },
    codes: startCodes,
  },
]
