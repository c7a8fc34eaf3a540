/** As many videos can be asked for at once; the same number as in the schema, which is loaded later. */
export const maxVariations = 4
