import { attemptStorage } from '#components/ui/attempt-storage.ts'
import { type MediaType, maxVariations } from '#lib/contract/generation'
import { hasFields } from '#lib/contract/problem'
import type { ComposerValues } from './composer-values.ts'
import { readDeepLink } from './deep-link.ts'
import { inputsOf } from './pictures/inputs.ts'

type Chosen = Partial<ComposerValues>

/**
 * Keeps what is chosen in the form over reloads of this tab: other tabs have their own. Pictures are kept once they
 * are uploaded.
 */
export function keepDraft(chosen: Chosen, address = location.href) {
  const { pictures = [], sourceVideo = null, ...settings } = chosen
  const { references, ...inputs } = inputsOf({ pictures, sourceVideo })
  const draft = { address, ...settings, ...inputs, references: references.join(',') }
  attemptStorage((storage) => storage.setItem(keyOf(address), JSON.stringify(draft)))
}

/**
 * What the form begins with: the draft of this tab; at another address a deep link with a prompt, or the draft with
 * what the link names. What is not valid in a draft is ignored.
 */
export function readDraft(
  link: Chosen,
  makes: MediaType = 'video',
  address = location.href,
): Chosen {
  const draft = keptDraft(makes, address)
  if (!draft) return link
  if (draft.address === address) return { ...link, ...draft.chosen }
  return link.prompt ? link : { ...draft.chosen, ...link }
}

function keptDraft(
  makes: MediaType,
  address: string,
): { address: unknown; chosen: Chosen } | undefined {
  const draft: unknown = attemptStorage((storage) =>
    JSON.parse(storage.getItem(keyOf(address)) ?? 'null'),
  )
  if (!hasFields(draft, { address: 'string' })) return undefined
  const kept = draft as Record<string, unknown>
  const { maxUsd, variations, useCache } = kept
  const chosen = {
    ...readDeepLink(asTexts(kept), makes),
    ...(typeof maxUsd === 'string' && { maxUsd }),
    ...(isCount(variations) && { variations }),
    ...(typeof useCache === 'boolean' && { useCache }),
  }
  return { address: kept.address, chosen }
}

/** It was started. */
export function forgetDraft(address = location.href) {
  attemptStorage((storage) => storage.removeItem(keyOf(address)))
}

function asTexts(kept: Record<string, unknown>) {
  const known = Object.entries(kept).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]))
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= maxVariations
}

/** One for each installation on this host name, which may be told apart by their paths. */
function keyOf(address: string) {
  return `draft.form ${new URL(address).pathname}`
}
