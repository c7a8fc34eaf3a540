import { expect, it } from 'vitest'
import { maxVariations as inSchema } from '#lib/contract/generate-video-request'
import { maxVariations } from './max-variations.ts'

it('is what the schema allows', () => expect(maxVariations).toBe(inSchema))
