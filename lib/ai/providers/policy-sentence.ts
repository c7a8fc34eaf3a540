/** Why a provider's rules forbid something, by the words it says it with; the first that fits counts. */
const reasons: [said: RegExp, reason: string][] = [
  [
    /(?<![a-z])(?:minors?|child|children|underage)(?![a-z])/i,
    'it seems to show a child. Leave children out of it',
  ],
  [
    /celebrit|public figure|prominent|real (?:person|people)|likeness/i,
    'it seems to show a real person. Describe an invented one',
  ],
  [
    /copyright|trademark|intellectual property|third.party content/i,
    'it seems to show brands or characters that belong to others. Leave them out',
  ],
  [/nsfw|nud(?:e|ity)|sexual|porn/i, 'it seems to be sexual. Put it in other words'],
  [/violen|gore|weapon|self.harm/i, 'it seems to be violent. Put it in other words'],
  [
    /(?<![a-z])(?:image|picture|photo|frame)/i,
    'one of the pictures is against its rules. Choose another one',
  ],
  [
    /prompt|description|(?<![a-z])text/i,
    'the description is against its rules. Put it in other words',
  ],
]

/** Says to the user why a provider refused a content, as far as its words tell, and what to change. */
export function policySentence(label: string, said: string) {
  const reason = reasons.find(([words]) => words.test(said))?.[1]
  return reason
    ? `${label} refused this request: ${reason}.`
    : `${label} refused this request for its content. Change the description or the pictures.`
}
