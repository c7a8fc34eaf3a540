import { type MessageKey, message } from '#lib/messages/message'
import { isAboutSound } from './refusal-words.ts'

/** Why a provider's rules forbid something, by the words it says it with; the first that fits counts. */
const reasons: [said: RegExp, reason: MessageKey][] = [
  [/(?<![a-z])(?:minors?|child|children|underage)(?![a-z])/i, 'provider.policyChild'],
  [/celebrit|public figure|prominent|real (?:person|people)|likeness/i, 'provider.policyPerson'],
  [/copyright|trademark|intellectual property|third.party content/i, 'provider.policyBrand'],
  [/nsfw|nud(?:e|ity)|sexual|porn/i, 'provider.policySexual'],
  [/violen|gore|weapon|self.harm/i, 'provider.policyViolent'],
  [/(?<![a-z])(?:image|picture|photo|frame)/i, 'provider.policyPicture'],
  [/prompt|description|(?<![a-z])text/i, 'provider.policyPrompt'],
]

/** Says to the user why a provider refused a content, as far as its words tell, and what to change. */
export function policySentence(label: string, said: string) {
  if (isAboutSound(said)) return message('provider.soundFailed', { provider: label })
  const reason = reasons.find(([words]) => words.test(said))?.[1]
  return message(reason ?? 'provider.policyOther', { provider: label })
}
