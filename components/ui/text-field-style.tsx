/** The looks of a framed text field, of one line or more. */
export const textFieldStyle = [
  'w-full rounded-md border border-hairline bg-transparent px-3 text-sm text-ink',
  'placeholder:text-soft hover:border-edge aria-invalid:border-signal-ink',
].join(' ')
