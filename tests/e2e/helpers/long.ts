/**
 * Of tests that show one thing in several ways, `npm test` plays the one this is true for; the others are left to
 * `npm run test:long`. A test with no example of its kind beside it is not tagged.
 */
export const longUnless = (isPlayedAlways: boolean) => (isPlayedAlways ? {} : { tag: '@long' })
