import type { ProviderErrorCode } from '#lib/contract/problem'

// What the words of a refusal speak of, where its status does not tell. Kie.ai passes Google's words on.

const contentWords =
  /responsible ai|usage guidelines|violat|(?<![a-z_])safety(?!_?\s?setting)|(?<!case[ -])sensitive|prohibited|polic(?:y|ies)\b|flagged|unsafe|nsfw|moderat|inappropriate|\bblocked\b|photorealistic|\bchildren\b|underage|minors\b|minor_|likeness|celebrit|real (?:person|people)|prominent|public figure|third.party content|copyright|trademark|intellectual property|support codes?:|could(?: not|n't) be submitted/i

/** Whether the words speak of what is shown, not of how it was asked for. */
export function isAboutContent(said: string) {
  return contentWords.test(said)
}

// "We encountered an issue with the audio for your prompt": the same prompt often passes the next time.
const soundWords =
  /(?:issue|problem)s? with the (?:audio|sound|speech)|\b(?:audio|sound|speech|voices?)\b[^.]{0,40}(?:safety|filter|block|withh|could(?:n't| not))|could(?:n't| not) (?:generate|create|make|produce)[^.]{0,20}\b(?:audio|sound|speech|voices?)\b/i

/** Whether the words speak of the sound of a video alone. */
export function isAboutSound(said: string) {
  return soundWords.test(said)
}

const freeWords =
  /(?:\bnot|n't) (?:been |be |get )?(?:charged|billed)|\bno charge\b|\b(?:without|free of) charge\b/i
const unsureWords =
  /\b(?:may|might|could|should) not (?:have )?(?:been |be |get )?(?:charged|billed)|\b(?:unless|whether|guarantee|if you)\b[^.!?]*(?:charge|bill)/i

/** Whether the words promise that nothing is charged. "You may not be charged" is no promise. */
export function saysFree(said: string) {
  return freeWords.test(said) && !unsureWords.test(said)
}

const moneyWords =
  /(?:credits?|balance|funds)\b[^.]{0,30}(?:depleted|exhausted|insufficient|not enough|too low|used up)|(?:insufficient|not enough|(?:run )?out of) (?:[a-z]+ )?(?:credits?|balance|funds)|spend(?:ing)? (?:cap|limit)|billing (?:is )?(?:not enabled|disabled|inactive)|billing to be enabled|enable billing|billed users|\blimit: 0(?!\.?\d)/i
const accountWords =
  /api[ _-]?key\b[^.]{0,20}(?:not valid|invalid|expired|revoked|disabled|not found|missing)|invalid api[ _-]?key|location is not supported|not (?:available|supported) in your (?:country|location)/i

/**
 * The code where the words speak of the operator's account: no settings and no patience of a user's can help. What
 * is in quotation marks may be the user's own words, and does not count.
 */
export function accountTroubleIn(
  said: string,
): Extract<ProviderErrorCode, 'auth' | 'insufficient_credits'> | undefined {
  const own = said.replaceAll(/"[^"]*"|“[^”]*”|`[^`]*`/g, '')
  if (moneyWords.test(own)) return 'insufficient_credits'
  return accountWords.test(own) ? 'auth' : undefined
}
