import { z } from 'zod'
import {
  documentedTemplate,
  templateSchema,
  templatesQuerySchema,
  templatesSchema,
} from '#lib/contract/library/template-schemas'
import type { Operation } from './operation.ts'

const templateId = z.object({
  templateId: z.string().meta({ example: 'template_0123456789abcdefghijklmn' }),
})
const settings = { prompt: 'Slow push-in on {subject|a lighthouse}', aspectRatio: '16:9' }

/** What can be done with templates. */
export const templates: Operation[] = [
  {
    id: 'listTemplates',
    method: 'get',
    path: '/templates',
    tag: 'library',
    query: templatesQuerySchema,
    answers: { 200: templatesSchema },
    codes: ['invalid_input'],
  },
  {
    id: 'createTemplate',
    method: 'post',
    path: '/templates',
    tag: 'library',
    body: {
      schema: documentedTemplate.made,
      example: { name: 'Push-in', kind: 'video', settings },
    },
    answers: { 201: templateSchema },
    codes: ['invalid_input', 'not_possible_now'],
  },
  {
    id: 'changeTemplate',
    method: 'patch',
    path: '/templates/{templateId}',
    tag: 'library',
    params: templateId,
    body: { schema: documentedTemplate.change, example: { isStarred: true } },
    answers: { 200: templateSchema },
    codes: ['invalid_input', 'not_found', 'forbidden'],
  },
  {
    id: 'deleteTemplate',
    method: 'delete',
    path: '/templates/{templateId}',
    tag: 'library',
    params: templateId,
    answers: { 204: undefined },
    codes: ['not_found', 'forbidden'],
  },
]
