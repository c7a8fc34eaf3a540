/** The most dollars that an admin gives, limits or settles by hand at once. */
export const usdMax = 1_000_000

/** The most characters of a note of an admin. */
export const noteMaxLength = 500
